using System.Diagnostics;
using System.Globalization;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection.Tests;

/// <summary>Small files that ask for much: they are refused, or read in time that grows as they do.</summary>
public sealed class BoundTests
{
    private const int Size = 500_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Files that include themselves a hundred times over, each kind in its own words.</summary>
    public static TheoryData<string, string, string> Loops => new()
    {
        { "/etc/rsyslog.conf", "$IncludeConfig /etc/rsyslog.conf\n", "rsyslog" },
        { "/etc/rsyslog.conf", "include(file=\"/etc/rsyslog.conf\")\n", "rsyslog" },
        { "/etc/logrotate.conf", "include /etc/logrotate.conf\n", "rotate" },
        { "/etc/redis/redis.conf", "include /etc/redis/redis.conf\n", "redis" },
        { "/etc/sudoers", "@include /etc/sudoers\n", "sudo" },
        { "/etc/postgresql/16/main/postgresql.conf", "include 'postgresql.conf'\n", "pg" },
        { "/etc/my.cnf", "!include /etc/my.cnf\n", "mysql" },
        { "/etc/nginx/nginx.conf", "include nginx.conf;\n", "nginx" },
        { "/etc/pam.d/passwd", "@include passwd\n", "pam" },
    };

    [Theory]
    [MemberData(nameof(Loops))]
    public async Task A_file_that_includes_itself_a_hundred_times_is_refused(string path, string include, string kind)
    {
        var host = Host().File(path, string.Concat(Enumerable.Repeat(include, 100)));
        Assert.IsType<UnableException>(await InTime(() => Read(kind, host)));
    }

    /// <summary>Files of which each includes the next a hundred times, and no rule in any of them.</summary>
    [Theory]
    [InlineData("/etc/ssh/sshd_config", "/etc/ssh/sshd_config.d/", "Include {0}\n", "sshd")]
    [InlineData("/etc/postgresql/16/main/pg_hba.conf", "/etc/postgresql/16/main/hba.d/", "include {0}\n", "pg")]
    [InlineData("/etc/sudoers", "/etc/sudoers.d/", "@include {0}\n", "sudo")]
    [InlineData("/etc/nginx/nginx.conf", "/etc/nginx/conf.d/", "include {0};\n", "nginx")]
    public async Task Files_that_include_the_next_a_hundred_times_are_refused(string main, string folder, string include, string kind)
    {
        var (host, ending) = (Host().File("/etc/postgresql/16/main/postgresql.conf", "ssl = on\n").Says("sshd-version", "OpenSSH_9.2p1"), kind == "sudo" ? "" : ".conf");
        string Name(int i) => i == 0 ? main : string.Create(CultureInfo.InvariantCulture, $"{folder}{i}{ending}");
        for (var i = 0; i < 8; i++)
        {
            host.File(Name(i), i == 7 ? "#\n" : string.Concat(Enumerable.Repeat(string.Format(CultureInfo.InvariantCulture, include, Name(i + 1)), 100)));
        }

        Assert.IsType<UnableException>(await InTime(() => Read(kind, host)));
    }

    [Fact]
    public async Task Many_open_brackets_of_a_profile_are_not_carried_along_by_every_command()
    {
        var text = string.Concat(Enumerable.Repeat("((((((((((\n", 4000)) + string.Concat(Enumerable.Repeat("a;a;a;a;a;a;a;a;\n", 20_000)) + "TMOUT=600\n";
        var before = GC.GetTotalAllocatedBytes();
        var trouble = await InTime(() => new SessionsProbe().Read(Host().File("/etc/profile", text)));
        Assert.IsType<UnableException>(trouble);
        Assert.True(GC.GetTotalAllocatedBytes() - before < 1_000_000_000);
    }

    [Fact]
    public async Task Lines_of_a_long_profile_are_counted_once()
    {
        var text = string.Concat(Enumerable.Repeat("a;a;a;a;a\n", 50_000)) + "TMOUT=600\n";
        Assert.Null(await InTime(() => Assert.Equal(50_001, ShellText.Of(Host().File("/etc/profile", text).Lines("/etc/profile")!)[^1].Line.Number)));
    }

    [Theory]
    [InlineData("if $msg == 'a' then\n", 20_000)]
    [InlineData("if $msg == 'a' then {\n", 20_000)]
    [InlineData("*.* {\n", 40_000)]
    public async Task Conditions_of_rsyslog_within_each_other_are_refused_and_do_not_end_the_program(string piece, int times) =>
        Assert.IsType<UnableException>(await InTime(() => new LoggingProbe().Read(Host().File("/etc/rsyslog.conf", string.Concat(Enumerable.Repeat(piece, times))))));

    [Fact]
    public async Task Lines_of_a_long_rsyslog_file_are_counted_once()
    {
        var text = string.Concat(Enumerable.Repeat("auth.* /a\n", 50_000)) + "auth.* /b\n";
        Assert.Null(await InTime(() => Assert.Equal(50_001, RsyslogText.Of(Host().File("/etc/rsyslog.conf", text).Lines("/etc/rsyslog.conf")!)[^1].Line.Number)));
    }

    [Theory]
    [InlineData("xml", "<")]
    [InlineData("xml", "<a/>")]
    [InlineData("xml", "<!a>")]
    [InlineData("xml", "<!---->x")]
    [InlineData("xml", "a='' ")]
    [InlineData("mysql", "\"\":")]
    [InlineData("mysql", "\"value\":\"x\",")]
    [InlineData("nginx", "${}")]
    [InlineData("nginx", "$a")]
    [InlineData("nginx", "a;")]
    public async Task Blackening_takes_time_as_the_length_of_a_file(string kind, string piece)
    {
        var lead = kind switch { "mysql" when piece.Length > 4 => $"{{\"{new string('k', Size / 2)}\":{{", "mysql" => "{", "nginx" when piece == "$a" => "log_format a ", _ when piece.StartsWith('a') && kind == "xml" => "<a ", _ => "" };
        var once = "";
        Assert.Null(await InTime(() => once = HostRedaction.Apply(kind, lead + string.Concat(Enumerable.Repeat(piece, Size / piece.Length)) + "\n")));
        Assert.NotEmpty(once);
    }

    [Fact]
    public async Task Braces_of_variables_are_told_without_looking_at_the_whole_word_again() =>
        Assert.IsType<UnableException>(await InTime(() => new NginxProbe().Read(new RawHost("/etc/nginx/nginx.conf", string.Concat(Enumerable.Repeat("${}", Size / 3))))));

    [Theory]
    [InlineData("/etc/sudoers", "aaaaaaaa\\\n", "sudo")]
    [InlineData("/etc/pam.d/passwd", "aaaaaaaa\\\n", "pam")]
    public async Task A_line_that_goes_on_for_ever_is_refused(string path, string piece, string kind) =>
        Assert.IsType<UnableException>(await InTime(() => Read(kind, Host().File(path, string.Concat(Enumerable.Repeat(piece, Size / piece.Length))))));

    /// <summary>A unit that names one large file thousands of times reads it once; a hundred files are refused.</summary>
    [Fact]
    public async Task Files_of_variables_are_read_once_and_are_few()
    {
        var large = string.Concat(Enumerable.Repeat("FOO_OPTS=1\n", 45_000));
        var (named, many) = (string.Concat(Enumerable.Repeat("EnvironmentFile=-/etc/default/redis-server\n", 11_000)), string.Concat(Enumerable.Range(0, 100).Select(i => string.Create(CultureInfo.InvariantCulture, $"EnvironmentFile=-/etc/sysconfig/pgsql/{i}\n"))));
        MadeHost Redis(string files) => Host().File("/etc/default/redis-server", large).File("/etc/redis/redis.conf", "port 0\n").File("/lib/systemd/system/redis.service", $"[Service]\n{files}ExecStart=/usr/bin/redis-server /etc/redis/redis.conf $X_OPTS\n");
        MadeHost Rsyslog(string files) => Host().File("/etc/default/redis-server", large).File("/etc/rsyslog.conf", "authpriv.* /var/log/secure\n").File("/lib/systemd/system/rsyslog.service", $"[Service]\n{files}ExecStart=/usr/sbin/rsyslogd -n $A $B $C $D\n");
        Assert.Null(await InTime(() => Read("redis", Redis(named))));
        Assert.Null(await InTime(() => Read("rsyslog", Rsyslog(named))));
        Assert.Contains("EnvironmentFile", (await InTime(() => Read("redis", Redis(many))))!.Message, StringComparison.Ordinal);
        Assert.Null(await InTime(() => Read("rsyslog", Rsyslog(many))));
        var units = Redis(named);
        Enumerable.Range(0, 100).ToList().ForEach(i => units.File(string.Create(CultureInfo.InvariantCulture, $"/lib/systemd/system/redis@{i}.service"), "[Service]\n").File(string.Create(CultureInfo.InvariantCulture, $"/etc/systemd/system/redis@{i}.service.d/o.conf"), "[Service]\nEnvironmentFile=-/etc/default/redis-server\nExecStart=/usr/bin/redis-server /etc/redis/redis.conf\n"));
        Assert.IsType<UnableException>(await InTime(() => Read("redis", units)));
    }

    private static MadeHost Host() => new MadeHost().File("/etc/postgresql/16/main/pg_hba.conf", "local all all peer\n").File("/var/lib/postgresql/16/main/postgresql.auto.conf", "");

    private static void Read(string kind, HostSnapshot host) => _ = kind switch
    {
        "rsyslog" or "rotate" => (object?)new LoggingProbe().Read(host).Record,
        "redis" => new RedisProbe().Read(host).Record,
        "sudo" => new SudoersProbe().Read(host).Record,
        "pg" => new PostgreSqlProbe().Read(host).Record,
        "mysql" => new MySqlProbe().Read(host).Record,
        "nginx" => new NginxProbe().Read(host).Record,
        "sshd" => new SshdProbe().Read(host).Record,
        _ => new PasswordPolicyProbe().Read(host).Record,
    };

    /// <returns>What it threw; null where it came to an end.</returns>
    private static async Task<Exception?> InTime(Action look)
    {
        var watch = Stopwatch.StartNew();
        var run = Task.Factory.StartNew(() => Record.Exception(look), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Assert.True(await Task.WhenAny(run, Task.Delay(Patience)) == run, $"{watch.Elapsed}");
        return await run;
    }

    /// <summary>One file that nothing was blackened of.</summary>
    private sealed class RawHost(string only, string text) : HostSnapshot
    {
        public override string Origin => "测试";

        public override SnapshotFile Find(string path) => path == only ? new SnapshotFile(path, FileState.Read) { Text = text } : new SnapshotFile(path, FileState.Missing);

        public override CommandOutput? Command(string name) => null;

        public override IReadOnlyList<string> Glob(string pattern) => GlobPattern.MatchesPath(pattern, only) ? [only] : [];
    }
}
