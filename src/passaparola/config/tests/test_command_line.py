import json
import shutil
from pathlib import Path

import pytest
from tests.cast import NOON
from tests.private_database import ANSWER, kept

from passaparola.config import environment
from passaparola.config.cli import parsing
from passaparola.config.cli.command import Failure, Misuse
from passaparola.config.cli.commands import settings
from passaparola.config.tests.installation import Installation
from passaparola.journeys import actions as journeys
from passaparola.journeys.models import Journey
from passaparola.kernel.database import private

PAGE = Path(__file__).parents[4] / "docs" / "settings.md"


@pytest.fixture
def shop(tmp_path):
    return Installation(tmp_path)


@pytest.fixture
def running(made, tmp_path):
    """An installation whose database runs already, as beside a server."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    with private.running(tmp_path, durable=False):
        yield Installation(tmp_path)


@pytest.mark.parametrize(
    "words",
    [(), ("stores",), ("sing",), ("serve", "--loud"), ("serve", "--port", "many"), ("connect", "shop")],
)
def test_a_wrong_call_is_answered_with_one_sentence_and_code_2(shop, words):
    done = shop.run(*words) if words else shop.run("nothing")

    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_bad_setting_is_refused_with_what_is_allowed(tmp_path):
    done = Installation(tmp_path, PASSAPAROLA_LANGUAGE="de").run("doctor")

    assert done.returncode == 2
    assert done.stderr.strip() == "PASSAPAROLA_LANGUAGE “de” can't be used: give en or it."


def test_a_database_that_does_not_answer_is_one_sentence(tmp_path):
    done = Installation(tmp_path, DATABASE_URL="postgresql://nobody@127.0.0.1:1/none").run("replay")

    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1


def test_the_data_folder_may_stand_before_the_command_too():
    command, options = parsing.parse(["--data", "a folder", "--json", "connect", "luna", "shopify"])

    assert command.says.startswith("Open an address")
    assert (options.data, options.json, options.store, options.kind) == ("a folder", True, "luna", "shopify")


def test_every_command_tells_what_it_does():
    for name in parsing.names():
        with pytest.raises(SystemExit) as left:
            parsing.parse([*name.split(), "--help"])

        assert left.value.code == 0


def test_the_page_of_settings_is_the_one_that_is_declared(shop):
    assert PAGE.read_text() == settings.page(list(environment.documented())) + "\n"
    assert {one["name"] for one in shop.answer("settings")} >= {"DATABASE_URL", "MAIL_URL"}


def test_the_doctor_names_every_problem_with_its_mend(tmp_path):
    shop = Installation(tmp_path, MAIL_URL="smtp://127.0.0.1:1")

    done = shop.run("doctor", "--json")

    levels = {finding["check"]: finding["level"] for finding in json.loads(done.stdout)}
    assert levels == {"database": "ok", "tables": "problem", "mail": "problem", "address": "warning"}
    assert all(finding["mend"] for finding in json.loads(done.stdout) if finding["level"] != "ok")
    assert done.returncode == 1


def test_a_fresh_folder_is_made_ready_by_the_first_command_that_needs_it():
    assert json.loads((kept() / ANSWER).read_text()) == {"queued": 0}


def test_a_shop_that_is_not_there_is_told_with_those_that_are(running):
    unknown = running.run("connect", "nobody", "shopify")

    assert unknown.returncode == 1
    assert unknown.stderr.strip() == "There is no store “nobody”; there is: none yet."


def test_a_shop_is_opened_and_connected(running):
    opened = running.answer("stores", "add", "Bottega Luna", "--url", "https://bottegaluna.example")
    made = running.answer("connect", "bottega-luna", "shopify")

    assert opened == {"store": "bottega-luna"}
    assert made["address"].startswith("http://127.0.0.1:8000/hooks/connector/shopify/")
    assert len(made["secret"]) > 20


def asked(*words):
    """What a command answers, without the second that a process of its own takes to start."""
    command, options = parsing.parse(words)
    return command.run(options)


def test_a_second_shop_of_the_same_name_gets_a_name_of_its_own(luna):
    again = asked("stores", "add", "Bottega Luna", "--url", "bottegaluna.example")

    assert again.data == {"store": "bottega-luna-2"}


def test_a_secret_that_the_other_side_made_is_kept(luna):
    given = asked("connect", luna.slug, "woocommerce", "--secret", "made by them")

    assert given.data["secret"] == luna.connections.get().secret == "made by them"


def test_an_unknown_kind_is_refused_with_those_there_are(luna):
    with pytest.raises(Failure, match="shopify"):
        asked("connect", luna.slug, "magento")


def test_a_carrier_is_connected_with_what_it_is_asked_with(luna):
    gls = asked("connect", luna.slug, "gls_it", "--setting", "depot=RA", "--setting", "contract=1=2")
    public = asked("connect", luna.slug, "poste_it")

    assert gls.data == public.data == {"address": None, "secret": None}
    assert luna.connections.get(kind="gls_it").given() == {"depot": "RA", "contract": "1=2"}


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["gls_it"], 1, "GLS can't be asked without “depot”: it needs depot and contract."),
        (
            ["gls_it", "--setting", "depot=RA", "--setting", "contract="],
            1,
            "GLS can't be asked without “contract”: it needs depot and contract.",
        ),
        (
            ["gls_it", "--setting", "town=Faenza"],
            1,
            "GLS knows no setting “town”; it needs depot and contract.",
        ),
        (
            ["shopify", "--setting", "depot=RA"],
            1,
            "Shopify knows no setting “depot”; it needs none, and takes shop_address and refund_token.",
        ),
        (["gls_it", "--setting", "depot"], 2, "“--setting depot” can't be used: give NAME=VALUE."),
        (["manual"], 1, "“By hand” needs no connection: the team types the steps in."),
    ],
)
def test_what_a_carrier_is_asked_with_is_checked_with_a_sentence(luna, words, code, sentence):
    with pytest.raises(Failure) as refused:
        asked("connect", luna.slug, *words)

    assert str(refused.value) == sentence
    assert isinstance(refused.value, Misuse) == (code == 2)
    assert not luna.connections.exists()


def test_a_carrier_that_posts_too_may_be_connected_just_for_that(luna):
    for words in ([], ["--setting", "address=https://carrier.example/"]):
        made = asked("connect", luna.slug, "dummy", "--role", "carrier", *words)
        assert "/hooks/carrier/dummy/" in made.data["address"]

    given = [one.given() for one in luna.connections.order_by("pk")]
    assert given == [{}, {"address": "https://carrier.example/"}]


def test_journeys_go_out_and_come_back_as_yaml(luna, tmp_path):
    file = tmp_path / "thanks.yaml"
    file.write_text(
        "name: Thanks\ntrigger: {on: OrderDelivered}\nsteps:\n  - {id: rest, kind: wait, for: 1 day}\n"
    )

    assert asked("journeys", "import", str(file)).text == "thanks: version 1, off"
    out = asked("journeys", "export", "thanks").text
    assert out == file.read_text().replace("  - {", "- {").rstrip()
    file.write_text(out)
    assert asked("journeys", "import", str(file)).text == "thanks: version 1, off"

    file.write_text(out.replace("1 day", "a while"))
    with pytest.raises(Failure, match=r"^thanks\.yaml, line 4: "):
        asked("journeys", "import", str(file))


def documents(*names):
    return {
        name: {"name": name, "trigger": {"on": "OrderDelivered"}, "steps": [{"id": "s", "kind": "stop"}]}
        for name in names
    }


@pytest.fixture
def three(luna):
    for key, document in documents("hello", "on_off", "thanks").items():
        journeys.save(luna, key=key, document=document, by=None, now=NOON)
    return luna


def test_without_a_name_all_journeys_go_out_as_one_text_that_is_read_back(three, tmp_path):
    file = tmp_path / "all.yaml"
    file.write_text(asked("journeys", "export").text + "\n")
    Journey.objects.all().delete()

    answer = asked("journeys", "import", str(file))

    assert answer.text.splitlines() == [f"{key}: version 1, off" for key in ("hello", "on_off", "thanks")]
    found = {journey.key: journey.live.document for journey in Journey.objects.select_related("live")}
    assert found == documents("hello", "on_off", "thanks")


def test_what_is_wrong_in_one_of_several_is_said_at_the_line_of_the_file_and_nothing_is_kept(three, tmp_path):
    file = tmp_path / "all.yaml"
    good, _, rest = asked("journeys", "export").text.partition("name: on_off")
    text = f"{good.replace('name: hello', 'name: Changed')}name: Changed{rest.replace('stop', 'fly')}"
    file.write_text(text)
    line = text[: text.index("fly")].count("\n") + 1

    with pytest.raises(Failure, match=rf"^all\.yaml, line {line}: "):
        asked("journeys", "import", str(file))

    assert not Journey.objects.filter(name="Changed").exists()


def test_several_journeys_of_one_file_need_their_short_names(luna, tmp_path):
    file = tmp_path / "all.yaml"
    one = "name: A\ntrigger: {on: OrderDelivered}\nsteps:\n- {id: s, kind: stop}\n"
    file.write_text(f"# Ours\n---\n{one}---\n{one}")

    with pytest.raises(Failure, match="begins with its short name"):
        asked("journeys", "import", str(file))

    file.write_text(f"# Ours\n---\n{one}")
    assert asked("journeys", "import", str(file)).text == "all: version 1, off"


def test_who_imports_into_a_journey_that_is_on_is_told_that_it_is_live(three, tmp_path):
    journeys.switch_on(Journey.objects.get(key="thanks"), now=NOON)
    file = tmp_path / "thanks.yaml"
    file.write_text(asked("journeys", "export", "thanks").text.replace("name: thanks", "name: Thank you"))

    assert asked("journeys", "import", str(file)).text.startswith("thanks: version 2, live now")


def test_journeys_are_listed_by_their_short_names(three):
    journeys.switch_on(Journey.objects.get(key="hello"), now=NOON)
    journeys.archive(Journey.objects.get(key="thanks"), now=NOON)

    answer = asked("journeys", "list")

    assert [(row["key"], row["state"]) for row in answer.data] == [
        ("hello", "on"),
        ("on_off", "off"),
        ("thanks", "put away"),
    ]
    with pytest.raises(Failure, match="was put away: take it out again"):
        asked("journeys", "export", "thanks")
