import pytest

from passaparola.config import environment
from passaparola.config.environment import BadSettingError


def test_an_empty_environment_gives_a_whole_set_of_defaults():
    env = environment.read({})

    assert (env.database, env.mail, env.language, env.time_zone.key) == (None, None, "en", "Europe/Rome")
    assert env.url == "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("DATABASE_URL", "sqlite:///shop.db", "postgresql://"),
        ("DATABASE_URL", "postgresql://user@host", "postgresql://"),
        ("DATABASE_URL", "postgresql://user@host:port/name", "postgresql://"),
        ("MAIL_URL", "http://mail.example", "smtp://"),
        ("MAIL_URL", "smtp://", "smtp://"),
        ("PASSAPAROLA_PORT", "http", "1 to 65535"),
        ("PASSAPAROLA_PORT", "70000", "1 to 65535"),
        ("PASSAPAROLA_LISTEN", "everybody", "0.0.0.0"),
        ("PASSAPAROLA_URL", "shop.example", "https://"),
        ("PASSAPAROLA_URL", "https://shop.example/passaparola", "no path"),
        ("PASSAPAROLA_TRUSTED_PROXY", "10.0.0.0/64", "networks"),
        ("PASSAPAROLA_SECRET_KEY", "short", "32"),
        ("PASSAPAROLA_WORKERS", "-1", "0 to 64"),
        ("PASSAPAROLA_LANGUAGE", "de", "en or it"),
        ("PASSAPAROLA_TIME_ZONE", "Europe", "Europe/Rome"),
        ("PASSAPAROLA_LOG", "verbose", "debug, info"),
    ],
)
def test_a_bad_value_is_refused_with_the_allowed_ones(name, value, allowed):
    with pytest.raises(BadSettingError) as refused:
        environment.read({name: value})

    assert str(refused.value).startswith(name)
    assert allowed in str(refused.value)


@pytest.mark.parametrize("name", ["DATABASE_URL", "MAIL_URL", "PASSAPAROLA_SECRET_KEY"])
def test_a_refused_secret_is_not_repeated(name):
    with pytest.raises(BadSettingError) as refused:
        environment.read({name: "mysql://u:hunter2@h/x"})

    assert "hunter2" not in str(refused.value)


def test_a_password_is_not_shown_when_the_settings_are_printed():
    env = environment.read({"DATABASE_URL": "postgresql://u:hunter2@h/x", "MAIL_URL": "smtp://u:hunter2@h"})

    assert "hunter2" not in repr(env)


def test_a_database_address_may_name_a_socket_folder_and_options():
    database = environment.read(
        {"DATABASE_URL": "postgresql://p@/shop?host=%2Fvar%2Fmy%20data&sslmode=disable"}
    )

    assert database.database is not None
    assert database.database.as_django()["HOST"] == "/var/my data"
    assert database.database.as_django()["OPTIONS"] == {"sslmode": "disable"}


def test_a_mail_address_takes_the_usual_port_and_decodes_its_password():
    mail = environment.read({"MAIL_URL": "smtp+tls://shop%40luna.example:p%3Aw@mail.example"}).mail

    assert mail is not None
    assert (mail.port, mail.user, mail.password) == (587, "shop@luna.example", "p:w")


def test_a_mail_provider_is_named_with_what_it_asks_for():
    mail = environment.read({"MAIL_URL": "anymail+sendgrid://?api_key=hunter2"}).mail

    assert mail is not None
    assert (mail.provider, mail.options) == ("sendgrid", {"api_key": "hunter2"})
    assert "hunter2" not in repr(mail)


def test_a_provider_nobody_knows_is_refused():
    with pytest.raises(environment.BadSettingError):
        environment.read({"MAIL_URL": "anymail+pigeon://?api_key=x"})
