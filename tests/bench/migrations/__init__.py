"""None: the stock pages get their tables from the models as they are (`tests.bench.site`)."""
