"""A storage that speaks S3, on this machine, and uploads that go there."""

import json
import logging
from contextlib import contextmanager

import boto3
import pytest
from django.core.files.storage import default_storage, storages
from django.test import override_settings

from actiris_site.uploads import build_storage
from tests.ports import free_port

logging.getLogger("werkzeug").setLevel(logging.ERROR)  # one line for each request otherwise
OPEN_TO_ALL = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::public/*"}


@pytest.fixture(scope="session")
def bucket_server():
    """How to connect to a server that speaks S3 and forgets everything."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", free_port(), verbose=False)
    server.start()
    yield connection_to(server.get_host_and_port()[1])
    server.stop()


def connection_to(port):
    return {"endpoint": f"http://127.0.0.1:{port}", "region": "eu-west-1", "access_key": "key", "secret_key": "secret"}


@pytest.fixture
def buckets(bucket_server):
    """Uploads in two empty buckets, one of which is public; the client that sees into both."""
    client = client_of(bucket_server)
    for name in ("private", "public"):
        client.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    client.put_bucket_policy(Bucket="public", Policy=json.dumps({"Version": "2012-10-17", "Statement": [OPEN_TO_ALL]}))
    public_url = f"{bucket_server['endpoint']}/public"
    with uploads_in("private", "public", public_url, **bucket_server):
        yield client
    for name in ("private", "public"):
        for key in keys_in(client, name):
            client.delete_object(Bucket=name, Key=key)
        client.delete_bucket(Bucket=name)


def client_of(connection):
    return boto3.client(
        "s3",
        endpoint_url=connection["endpoint"],
        region_name=connection["region"],
        aws_access_key_id=connection["access_key"],
        aws_secret_access_key=connection["secret_key"],
    )


def keys_in(client, bucket):
    return [entry["Key"] for entry in client.list_objects_v2(Bucket=bucket).get("Contents", ())]


@contextmanager
def uploads_in(bucket, public_bucket="", public_url="", **connection):
    """Store uploads there while the block lasts."""
    entry = build_storage(bucket, public_bucket, public_url, **connection)
    with override_settings(STORAGES=storages.backends | {"default": entry}, MEDIA_PUBLIC_URL=public_url):
        yield default_storage


@contextmanager
def storage_away():
    """Store uploads where nobody answers while the block lasts."""
    with uploads_in("private", **connection_to(free_port())) as storage:
        yield storage
