"""Pure decisions of campaigns: who gets which, when it is a good hour, what the figures allow to say."""
