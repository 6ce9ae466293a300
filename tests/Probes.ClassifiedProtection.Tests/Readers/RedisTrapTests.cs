using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection.Tests;

/// <summary>Passwords that are none, users behind the default one, and addresses that mean all.</summary>
public sealed class RedisTrapTests
{
    private const string Main = "/etc/redis/redis.conf";
    private const string Strong = "requirepass Long-and-random-1\n";

    private static RedisSettings Read(string conf, string acl = "") => new RedisProbe().Read(new MadeHost().File(Main, conf).File("/etc/redis/users.acl", acl)).Record!;

    [Theory]
    [InlineData(Strong + "requirepass \"\"\n")]
    [InlineData(Strong + "\"requirepass\" ''\n")]
    [InlineData("requirepass 12345678\n")]
    [InlineData("requirepass 'Password'\n")]
    [InlineData("requirepass aaaaaaaaaaaa\n")]
    [InlineData(Strong + "user app on nopass ~* +@all\n")]
    [InlineData(Strong + "user app on >Long-and-random-2 nopass ~* +@all\n")]
    [InlineData(Strong + "user app on >12345678 ~* +@all\n")]
    [InlineData(Strong + "user default on nopass ~* +@all\n")]
    [InlineData(Strong + "aclfile /etc/redis/users.acl\n")]
    [InlineData("user default on >abc >Long-and-random-1 ~* +@all\n")]
    public void Who_gets_in_without_a_password_worth_the_name_is_found(string conf) =>
        Assert.Equal("不符合", Verdicts.Of("RED-01", Read(conf, "user app on >Long-and-random-2 ~* +@all\n")));

    [Theory]
    [InlineData(Strong)]
    [InlineData(Strong + "user app on >Long-and-random-2 ~* +@all\n")]
    [InlineData("user default off\nuser app on >Long-and-random-2 ~* +@all\n")]
    [InlineData("aclfile /etc/redis/users.acl\n")]
    [InlineData(Strong + "user app off nopass\n")]
    [InlineData("user default on nopass resetpass >Long-and-random-1 ~* +@all\n")]
    public void Strong_ones_earn_it(string conf) => Assert.Equal("符合", Verdicts.Of("RED-01", Read(conf, "user default on >Long-and-random-2 ~* +@all\n")));

    /// <summary>Those that came of Redis keep their files elsewhere; they are read, and blackened, as its own.</summary>
    [Theory]
    [InlineData("/etc/valkey/valkey.conf", "/etc/valkey/users.acl")]
    [InlineData("/etc/valkey/valkey.conf", "/opt/valkey/who.txt")]
    [InlineData("/etc/keydb/keydb.conf", "/etc/keydb/users.acl")]
    [InlineData("/etc/keydb/keydb.conf", "/opt/keydb/who.txt")]
    public void Its_descendants_are_read_alike(string main, string users)
    {
        RedisSettings Of(string acl) => new RedisProbe().Read(new MadeHost().File(main, $"bind 0.0.0.0\naclfile {users}\n").File(users, acl)).Record!;
        var strong = Of("user default on >Long-and-random-1 ~* +@all\n");
        Assert.Equal("符合", Verdicts.Of("RED-01", strong));
        Assert.Equal("不符合", Verdicts.Of("RED-01", Of("user default on >12345678 ~* +@all\n")));
        Assert.Equal("不符合", Verdicts.Of("RED-01", Of("user default on >Long-and-random-1 ~* +@all\nuser app on nopass ~* +@all\n")));
    }

    [Theory]
    [InlineData("bind 127.0.0.1 -::1\nprotected-mode yes\n", "部分符合")]
    [InlineData("bind 127.0.0.1\nprotected-mode no\n", "不符合")]
    [InlineData("bind 127.0.0.1 10.0.0.5\nprotected-mode yes\n", "不符合")]
    [InlineData("protected-mode yes\n", "不符合")]
    public void Without_a_password_it_counts_who_can_come(string conf, string verdict) => Assert.Equal(verdict, Verdicts.Of("RED-01", Read(conf)));

    [Theory]
    [InlineData("bind \"*\"\n")]
    [InlineData("bind ::\n")]
    [InlineData("bind -::*\n")]
    [InlineData("bind 127.0.0.1 '0.0.0.0'\n")]
    [InlineData("bind 0\n")]
    [InlineData("bind 0:0:0:0:0:0:0:0\n")]
    [InlineData("\"bind\" *\n")]
    [InlineData("bind 127.0.0.1\ninclude /etc/redis/more.conf\n")]
    [InlineData("")]
    public void Addresses_that_mean_all_are_all(string conf) =>
        Assert.Equal("部分符合", Verdicts.Of("RED-02", new RedisProbe().Read(new MadeHost().File(Main, conf).File("/etc/redis/more.conf", "bind ::\n")).Record!));

    [Theory]
    [InlineData("user default off\nuser app on >Long-and-random-2 ~* -@dangerous +@all\n", "不符合")]
    [InlineData("user default off\nuser app on >Long-and-random-2 ~* +@all -@dangerous +config\n", "不符合")]
    [InlineData("user default off\nuser app on >Long-and-random-2 ~* -@all +@read\n", "不符合")]
    [InlineData("user default off\nuser app on >Long-and-random-2 ~* -@all (+@admin ~*)\n", "不符合")]
    [InlineData(Strong + "user app on >Long-and-random-2 ~* +@all -@dangerous\n", "不符合")]
    [InlineData("user default off\nuser app on >Long-and-random-2 ~* +@all -@dangerous\n", "符合")]
    [InlineData("user default off\nuser app on >Long-and-random-2 ~* +@all -@dangerous\nuser idle off >Long-and-random-3 +@all\n", "符合")]
    [InlineData("rename-command FLUSHALL flushall\nrename-command CONFIG CONFIG\nrename-command KEYS \"KEYS\"\n", "不符合")]
    [InlineData("rename-command FLUSHALL \"\"\nrename-command CONFIG XYZ\nrename-command XYZ CONFIG\nrename-command KEYS ''\n", "不符合")]
    [InlineData("rename-command FLUSHALL \"\"\nrename-command config Zq81hdk2\nrename-command KEYS ''\n", "符合")]
    public void Rules_count_in_their_order_and_names_that_come_back_are_there(string conf, string verdict) => Assert.Equal(verdict, Verdicts.Of("RED-05", Read(conf)));

    [Theory]
    [InlineData("requirepass \"abc\n", ":1")]
    [InlineData("timeout 5\ninclude more.conf\n", ":2")]
    [InlineData("user a on >x\nuser a on >y\n", ":2")]
    [InlineData("user a on >x what\n", ":1")]
    public void What_the_server_refuses_is_named(string conf, string place) =>
        Assert.Contains(place, Assert.Throws<UnableException>(() => Read(conf)).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_instance_is_looked_at_and_an_included_file_is_none()
    {
        var host = new MadeHost().File(Main, Strong + "include /etc/redis/redis-common.conf\n").File("/etc/redis/redis-common.conf", "timeout 5\n").File("/etc/redis/6380.conf", "protected-mode no\n");
        Assert.Equal(["符合", "不符合"], new RedisProbe().ReadAll(host).Select(s => s.Record!).OrderByDescending(r => r.Instance.Value, StringComparer.Ordinal).Select(r => Verdicts.Of("RED-01", r)));
    }

    [Fact]
    public void A_log_thrown_away_is_none() => Assert.Equal("不符合", Verdicts.Of("RED-06", Read("logfile /dev/null\n")));

    [Theory]
    [InlineData("user default off\nuser app on >Long-and-random-77 ~* +@all (+@read ~x -@all)\n", "不符合")]
    [InlineData("user default off\nuser app on >Long-and-random-77 ~* +@all (~x nocommands +get)\n", "不符合")]
    [InlineData("user default off\nuser app on >Long-and-random-77 ~* +@read -@dangerous (~a +@admin)\n", "不符合")]
    [InlineData("user default off\nuser app on >Long-and-random-77 ~* +@read -@dangerous (~a +@all) clearselectors\n", "符合")]
    [InlineData("user default off\nuser app on >Long-and-random-77 ~* +@read -@dangerous (~a +get)\n", "符合")]
    [InlineData("user default off\nuser app on >Long-and-random-77 ~* +@read -@dangerous\nuser admin on >Long-and-random-78 ~* +@all\n", "待人工")]
    public void What_a_selector_takes_away_it_takes_from_itself(string conf, string verdict) => Assert.Equal(verdict, Verdicts.Of("RED-05", new RedisProbe().Read(new MadeHost().File("/etc/redis/redis.conf", conf)).Record!));
}
