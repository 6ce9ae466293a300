using System.Text;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Exposure.Tests;

/// <summary>What real services answer to strangers.</summary>
public sealed class LiveServiceTests
{
    [SkippableFact]
    public async Task Redis_and_memcached_without_a_login_are_open_wherever_they_listen()
    {
        Skip.If(RequiredTool.IsMissing("redis-server") || RequiredTool.IsMissing("memcached") || RequiredTool.IsMissing("nmap"));
        using var redis = await LocalServices.RedisAsync();
        using var memcached = await LocalServices.MemcachedAsync();
        var data = await Looking.ServicesAsync(ScanTool.Nmap, redis.Port, memcached.Port);
        Assert.True(data.GetProperty("hasOpen").GetBoolean());
        Assert.Equal(new[] { "memcached", "redis" }, data.GetProperty("open").EnumerateArray().Select(o => o.GetProperty("service").GetString()).Order(StringComparer.Ordinal));
        Assert.False(data.GetProperty("hasDefaultAccount").GetBoolean());
    }

    [SkippableFact]
    public async Task Redis_with_a_password_is_guarded_and_with_a_printed_one_is_not()
    {
        Skip.If(RequiredTool.IsMissing("redis-server") || RequiredTool.IsMissing("nmap"));
        using var well = await LocalServices.RedisAsync("--requirepass", "a-long-word-of-nobody");
        using var badly = await LocalServices.RedisAsync("--requirepass", "foobared");
        Assert.False((await Looking.ServicesAsync(ScanTool.Nmap, well.Port)).GetProperty("hasDefaultAccount").GetBoolean());
        var (outcome, evidence) = await Looking.AtAsync(new OpenServicesProbe(), Looking.Host(ScanTool.Nmap, badly.Port));
        Assert.True(Looking.Data(outcome).GetProperty("hasDefaultAccount").GetBoolean());
        Assert.DoesNotContain("foobared", Looking.Data(outcome).GetRawText(), StringComparison.Ordinal);
        Assert.All(evidence.Files.Values, f => Assert.DoesNotContain("foobared", Encoding.UTF8.GetString(f), StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData("", true)]
    [InlineData("root", true)]
    [InlineData("a-long-word-of-nobody", false)]
    public async Task MariaDB_is_logged_into_with_what_everybody_knows(string password, bool isTaken)
    {
        Skip.If(RequiredTool.IsMissing("mariadbd") || RequiredTool.IsMissing("mariadb-install-db"));
        using var server = await LocalServices.MariaDbAsync(password);
        var data = await Looking.ServicesAsync(ScanTool.Connect, server.Port);
        Assert.Equal(isTaken, data.GetProperty("hasDefaultAccount").GetBoolean());
        Assert.False(data.GetProperty("hasOpen").GetBoolean());
    }

    [SkippableTheory]
    [InlineData("trust", "whatever", ServiceAccess.Open)]
    [InlineData("md5", "postgres", ServiceAccess.DefaultAccount)]
    [InlineData("scram-sha-256", "123456", ServiceAccess.DefaultAccount)]
    [InlineData("password", "postgres", ServiceAccess.DefaultAccount)]
    [InlineData("scram-sha-256", "a-long-word-of-nobody", ServiceAccess.Guarded)]
    [InlineData("reject", "postgres", ServiceAccess.Undecided)]
    public async Task PostgreSQL_in_every_way_of_logging_in(string method, string password, ServiceAccess access)
    {
        Skip.If(LocalServices.IsPostgresMissing());
        using var server = await LocalServices.PostgresAsync(method, password);
        var data = Looking.Data((await Looking.AtAsync(new OpenServicesProbe(), Looking.Host(ScanTool.Connect, server.Port), tables: Looking.Moved("postgresql", server.Port))).Outcome);
        Assert.Equal(JsonNamingPolicy.CamelCase.ConvertName(access.ToString()), Assert.Single(data.GetProperty("checked").EnumerateArray()).GetProperty("access").GetString());
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Vsftpd_lets_anonymous_in_where_it_is_told_to(bool anonymous)
    {
        Skip.If(RequiredTool.IsMissing("vsftpd") || RequiredTool.IsRootMissing());
        using var server = await LocalServices.FtpAsync(anonymous);
        var data = await Looking.ServicesAsync(ScanTool.Connect, server.Port);
        Assert.Equal(anonymous, data.GetProperty("hasOpen").GetBoolean());
    }

    /// <summary>Tomcat answers 403 to an account that it took and that lacks the role, and others to somebody they have shut out.</summary>
    [SkippableTheory]
    [InlineData("return 403;", false)]
    [InlineData("return 429;", false)]
    [InlineData("return 444;", false)]
    [InlineData("return 401;", true)]
    public async Task An_account_is_refused_by_401_and_by_nothing_else(string answer, bool isRefused)
    {
        Skip.If(RequiredTool.IsMissing("nginx"));
        using var server = await NginxServer.StartAsync(TestCertificates.Rsa(), tls: false, directives: $$"""
            location = /manager/text/serverinfo { if ($http_authorization ~ Basic) { {{answer}} } add_header WWW-Authenticate 'Basic realm="m"' always; return 401; }
            """);
        var data = Looking.Data((await Looking.AtAsync(new OpenServicesProbe(), Looking.Host(ScanTool.Connect, server.Port))).Outcome);
        Assert.Equal(isRefused, data.TryGetProperty("hasDefaultAccount", out var said) && !said.GetBoolean());
        Assert.Equal(!isRefused, data.GetProperty("undecided").EnumerateArray().Any(u => u.GetProperty("service").GetString() == "tomcat-manager"));
    }

    [SkippableFact]
    public async Task Pages_are_known_by_their_marker_and_behind_a_login_by_printed_accounts()
    {
        Skip.If(RequiredTool.IsMissing("nginx"));
        var basic = Convert.ToBase64String("tomcat:tomcat"u8);
        using var server = await NginxServer.StartAsync(TestCertificates.Rsa(), tls: false, directives: $$"""
            location = /actuator/env { return 200 '{"propertySources":[{"name":"secret-of-the-house"}]}'; }
            location = /manager/text/serverinfo { if ($http_authorization = "Basic {{basic}}") { return 200 "OK"; } add_header WWW-Authenticate 'Basic realm="m"' always; return 401; }
            """);
        var (outcome, evidence) = await Looking.AtAsync(new OpenServicesProbe(), Looking.Host(ScanTool.Connect, server.Port));
        var data = Looking.Data(outcome);
        Assert.Equal("actuator", Assert.Single(data.GetProperty("open").EnumerateArray()).GetProperty("service").GetString());
        Assert.Equal("tomcat", Assert.Single(data.GetProperty("defaultAccounts").EnumerateArray()).GetProperty("account").GetString());
        Assert.All(evidence.Files.Values, f => Assert.DoesNotContain("secret-of-the-house", Encoding.UTF8.GetString(f), StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task Pages_that_are_not_there_prove_no_login_of_a_service_with_other_doors()
    {
        Skip.If(RequiredTool.IsMissing("nginx"));
        using var server = await NginxServer.StartAsync(TestCertificates.Rsa(), tls: false);
        var data = Looking.Data((await Looking.AtAsync(new OpenServicesProbe(), Looking.Host(ScanTool.Connect, server.Port), tables: Looking.Moved("etcd-client", server.Port))).Outcome);
        Assert.False(data.TryGetProperty("hasOpen", out _));
    }

    [SkippableTheory]
    [InlineData("elasticsearch", "/", "X-elastic-product", "Elasticsearch", true)]
    [InlineData("elasticsearch", "/", "Server", "gateway", false)]
    [InlineData("elasticsearch", "/api/status", "kbn-name", "board", false)]
    [InlineData("kibana", "/api/status", "kbn-name", "board", true)]
    [InlineData("kibana", "/", "kbn-name", "board", false)]
    [InlineData("etcd-client", "/v2/members", "X-Etcd-Cluster-Id", "1", false)]
    [InlineData("docker", "/version", "Api-Version", "1.43", false)]
    public async Task A_refusal_guards_the_page_asked_of_a_product_that_is_recognised(string service, string path, string header, string value, bool isGuarded)
    {
        Skip.If(RequiredTool.IsMissing("nginx"));
        using var server = await NginxServer.StartAsync(TestCertificates.Rsa(), tls: false, directives: $"location = {path} {{ add_header {header} '{value}' always; return 401; }}");
        var data = Looking.Data((await Looking.AtAsync(new OpenServicesProbe(), Looking.Host(ScanTool.Connect, server.Port), tables: Looking.Moved(service, server.Port))).Outcome);
        Assert.Equal(isGuarded, data.TryGetProperty("hasOpen", out var open) && !open.GetBoolean());
        Assert.Equal(isGuarded, data.GetProperty("checked").EnumerateArray().Any(c => c.GetProperty("service").GetString() == service && c.GetProperty("note").GetString()!.Contains(path, StringComparison.Ordinal)));
    }
}
