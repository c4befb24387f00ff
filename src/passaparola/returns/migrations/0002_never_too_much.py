"""What Python checks under a lock, the database checks as well: no return gives back more than was paid,
no piece goes back twice, and nothing goes back that belongs to another order.

Triggers, since the rule spans rows: an order's total, its refunds and all its returns. The order's row is
locked, so that two returns filed at once are counted one after the other.
"""

from django.db import migrations

MONEY = """
CREATE FUNCTION returns_never_too_much() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE paid numeric; refunded numeric; bound numeric;
BEGIN
  SELECT total INTO paid FROM orders_order WHERE id = NEW.order_id FOR NO KEY UPDATE;
  SELECT coalesce(sum(amount), 0) INTO refunded FROM orders_refund WHERE order_id = NEW.order_id;
  SELECT coalesce(sum(amount), 0) INTO bound FROM returns_return
   WHERE order_id = NEW.order_id AND refund_id IS NULL
     AND refused_at IS NULL AND expired_at IS NULL AND cancelled_at IS NULL;
  IF refunded + bound > paid THEN
    RAISE EXCEPTION 'Returns and refunds of order % exceed what was paid for it.', NEW.order_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'return_never_too_much';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER return_never_too_much_new AFTER INSERT ON returns_return
  FOR EACH ROW WHEN (NEW.amount > 0) EXECUTE FUNCTION returns_never_too_much();
CREATE CONSTRAINT TRIGGER return_never_too_much_more AFTER UPDATE ON returns_return
  FOR EACH ROW WHEN (NEW.amount > OLD.amount OR NEW.order_id <> OLD.order_id
    OR num_nulls(NEW.refused_at, NEW.expired_at, NEW.cancelled_at)
       > num_nulls(OLD.refused_at, OLD.expired_at, OLD.cancelled_at))
  EXECUTE FUNCTION returns_never_too_much();
"""

PIECES = """
CREATE FUNCTION returns_never_too_many() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE owner bigint; named text; bought bigint; gone bigint; filed_for bigint;
BEGIN
  SELECT order_id INTO filed_for FROM returns_return WHERE id = NEW.filed_id;
  PERFORM 1 FROM orders_order WHERE id = filed_for FOR NO KEY UPDATE;
  SELECT order_id, external_id, quantity INTO owner, named, bought FROM orders_line WHERE id = NEW.line_id;
  IF owner <> filed_for THEN
    RAISE EXCEPTION 'Line % is of another order.', NEW.line_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'item_of_its_order';
  END IF;
  -- Some shop systems take refunded pieces off the line, others leave it: with them added it is never too few.
  SELECT bought + coalesce(sum((part->>'quantity')::int), 0) INTO bought
    FROM orders_refund r, jsonb_array_elements(r.parts) part
   WHERE r.order_id = filed_for AND part->>'line' = named;
  SELECT coalesce(sum(coalesce(i.accepted, i.approved, i.quantity)), 0) INTO gone
    FROM returns_item i JOIN returns_return f ON f.id = i.filed_id
   WHERE i.line_id = NEW.line_id AND f.refused_at IS NULL AND f.expired_at IS NULL
     AND f.cancelled_at IS NULL AND f.exchanged_at IS NULL;
  IF gone > bought THEN
    RAISE EXCEPTION 'More pieces of line % go back than were bought.', NEW.line_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'item_never_too_many';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER item_never_too_many AFTER INSERT OR UPDATE ON returns_item
  FOR EACH ROW EXECUTE FUNCTION returns_never_too_many();
"""


class Migration(migrations.Migration):
    dependencies = [("returns", "0001_initial"), ("orders", "0002_initial")]

    operations = [
        migrations.RunSQL(
            MONEY,
            "DROP TRIGGER return_never_too_much_new ON returns_return;"
            " DROP TRIGGER return_never_too_much_more ON returns_return;"
            " DROP FUNCTION returns_never_too_much();",
        ),
        migrations.RunSQL(
            PIECES, "DROP TRIGGER item_never_too_many ON returns_item; DROP FUNCTION returns_never_too_many();"
        ),
    ]
