"""The servers that the other suites stand on."""

import psycopg
import pytest
import redis

from tests.servers import Postgres


@pytest.mark.parametrize("attempt", ["first", "second"])
def test_each_test_gets_an_empty_database_in_utf8_without_durability(postgres_url, attempt):
    with psycopg.connect(postgres_url) as connection:
        connection.execute("CREATE TABLE here (attempt text)")
        settings = connection.execute("SELECT current_setting('server_encoding'), current_setting('fsync')").fetchone()

    assert settings == ("UTF8", "off")


def test_a_template_is_built_once_and_copied_for_each_who_asks(postgres: Postgres):
    built = []

    def build(url):
        built.append(url)
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE filled AS SELECT 42 AS answer")

    name = postgres.template("template_of_the_servers_test", build)
    again = postgres.template("template_of_the_servers_test", build)
    with postgres.database(name) as url, psycopg.connect(url) as connection:
        answer = connection.execute("SELECT answer FROM filled").fetchone()

    assert again == name
    assert len(built) <= 1
    assert answer == (42,)


@pytest.mark.parametrize("attempt", ["first", "second"])
def test_each_test_gets_an_empty_redis(redis_url, attempt):
    with redis.Redis.from_url(redis_url) as client:
        before = client.keys()
        client.set("here", attempt)

    assert before == []


def test_a_redis_that_comes_back_is_at_the_same_address(redis_server):
    redis_server.stop()
    redis_server.start()

    with redis.Redis.from_url(redis_server.url) as client:
        assert client.ping()


def test_the_database_is_of_both_kinds(database_url):
    assert database_url.partition(":")[0] in {"sqlite", "postgresql"}
