using System.Diagnostics;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

/// <summary>Balancers in front of servers that are dead: what one connection meets says nothing of the port.</summary>
public sealed class FickleServerTests
{
    private static readonly ScriptedTls Whole = new()
    {
        Suites = new Dictionary<ushort, IReadOnlyList<ushort>> { [0x0301] = [0xC014, 0x0035], [0x0303] = [0xC030, 0xC02F, 0x009D], [0x0304] = [0x1302, 0x1301] },
    };

    public static TheoryData<string> Closing => ["every second", "two of three", "one of three", "half at random", "two thirds at random", "a third at random"];

    [Theory]
    [MemberData(nameof(Closing))]
    public async Task Closing_now_and_then_denies_nothing(string when)
    {
        var closes = Closes(when);
        var answering = TlsQuirks.Server(Whole);
        await using var server = new ScriptedServer(async c =>
        {
            if (closes(c.Number))
            {
                _ = await c.Stream.ReadAtLeastAsync(new byte[4096], 1, throwOnEndOfStream: false, c.Stop);
                return;
            }

            await answering(c);
        });
        var clock = Stopwatch.StartNew();
        var (versions, suites) = await SeenAsync(server.Port);

        Assert.True(clock.Elapsed < Observing.HostileLimit, $"{clock.Elapsed}");
        foreach (var offered in new[] { "tls10", "tls12", "tls13" })
        {
            Assert.True(!versions.TryGetProperty(offered, out var value) || value.GetBoolean(), $"{offered}: {versions}");
        }

        Assert.DoesNotContain("closesInsteadOfAlert", $"{versions}{suites}", StringComparison.Ordinal);
        Assert.DoesNotContain("closesAbove64Suites", $"{versions}{suites}", StringComparison.Ordinal);
        Assert.DoesNotContain("refusesHigherVersions", $"{versions}{suites}", StringComparison.Ordinal);
        Assert.True(!suites.GetProperty("isWhole").GetBoolean() || versions.Names("offered") == "TLSv1.0 TLSv1.2 TLSv1.3", $"{suites}");
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Backends_that_are_not_set_up_alike_are_named(bool differ)
    {
        Skip.If(RequiredTool.IsMissing("nginx"));
        using var one = await NginxServer.StartAsync(TestCertificates.Rsa());
        using var other = await NginxServer.StartAsync(differ ? TestCertificates.Rsa(notAfter: new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero)) : TestCertificates.Rsa());
        var (first, second) = (FlakyRelay.Before(one.Port, _ => "pass"), FlakyRelay.Before(differ ? other.Port : one.Port, _ => "pass"));
        await using var relay = new ScriptedServer(c => (c.Number % 2 == 0 ? first : second)(c));
        var (_, suites) = await SeenAsync(relay.Port);

        Assert.Equal(differ, suites.GetProperty("answersDiffer").GetBoolean());
        Assert.Equal(differ, $"{suites.GetProperty("behaviours")}".Contains("answersDiffer", StringComparison.Ordinal));
    }

    /// <summary>Every second connection meets a server that takes RC4 as well, behind all that both have.</summary>
    [Theory]
    [InlineData("many suites", 0)]
    [InlineData("many suites", 1)]
    [InlineData("one version", 0)]
    [InlineData("one version", 1)]
    public async Task A_list_is_not_whole_while_another_server_has_more(string port, int turn)
    {
        var one = port == "many suites"
            ? Same([0x0301, 0x0302, 0x0303], [0xC014, 0xC013, 0x0039, 0x0033, 0x0035, 0x002F, 0x000A])
            : Same([0x0303], [0xC030, 0xC02F, 0x009F]);
        var more = one with { Suites = one.Suites.ToDictionary(v => v.Key, v => (IReadOnlyList<ushort>)[.. v.Value, (ushort)0x0005]) };
        var (first, second) = (TlsQuirks.Server(one), TlsQuirks.Server(more));
        await using var server = new ScriptedServer(c => (c.Number % 2 == turn ? first : second)(c));
        var (_, suites) = await SeenAsync(server.Port);

        Assert.True(suites.TryGetProperty("offersRc4", out var rc4) && rc4.GetBoolean(), $"{suites}");
    }

    /// <summary>The versions' own hellos meet one server; behind them every second connection, or every one, meets another that takes TLS 1.0 as well.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_version_is_not_denied_by_one_of_several_servers(int every)
    {
        var (first, second) = Two();
        var (isWalking, walked) = (false, 0);
        await using var server = new ScriptedServer(c => (Volatile.Read(ref isWalking) && Interlocked.Increment(ref walked) % every == 0 ? second : first)(c));
        var (endpoint, context) = await SurveyedAsync(server.Port);
        Volatile.Write(ref isWalking, true);
        var versions = await SeenAsync(new ProtocolVersionsProbe(), endpoint, context);
        var suites = await SeenAsync(new CipherSuitesProbe(), endpoint, context);

        Assert.True(suites.GetProperty("answersDiffer").GetBoolean(), $"{suites}");
        Assert.True(!versions.TryGetProperty("tls10", out var tls10) || tls10.GetBoolean(), $"{versions}");
        Assert.False(versions.TryGetProperty("tls11", out _), $"{versions}");
        Assert.True(versions.GetProperty("tls12").GetBoolean(), $"{versions}");
    }

    /// <summary>Of three servers in turn one takes TLS 1.0 as well, or SSL 3.0, and nothing else tells them apart.</summary>
    [Theory]
    [InlineData(0x0301, 0)]
    [InlineData(0x0301, 1)]
    [InlineData(0x0301, 2)]
    [InlineData(0x0300, 0)]
    [InlineData(0x0300, 1)]
    public async Task Refused_versions_are_asked_again(int old, int turn)
    {
        var one = Same([0x0303, 0x0304], [0xC030, 0xC02F, 0x1301]);
        var (first, second) = (TlsQuirks.Server(one), TlsQuirks.Server(Same([(ushort)old, 0x0303, 0x0304], [0xC030, 0xC02F, 0x1301, 0xC013, 0x002F])));
        await using var server = new ScriptedServer(c => (c.Number % (old == 0x0301 ? 3 : 2) == turn ? second : first)(c));
        var (versions, suites) = await SeenAsync(server.Port);

        foreach (var version in new[] { "tls10", "tls11", "ssl3" })
        {
            Assert.True(!versions.TryGetProperty(version, out var offered) || (offered.GetBoolean() && version != "tls11"), $"{version}: {versions}");
        }

        Assert.True(suites.GetProperty("answersDiffer").GetBoolean(), $"{suites}");
        Assert.False(suites.GetProperty("isWhole").GetBoolean(), $"{suites}");
    }

    [Fact]
    public async Task How_often_a_refused_version_was_asked_is_said()
    {
        var hellos = new System.Collections.Concurrent.ConcurrentBag<ushort>();
        await using var server = new ScriptedServer(TlsQuirks.Server(Same([0x0303, 0x0304], [0xC030, 0xC02F, 0x009D, 0x009C, 0x1301, 0x1302]), h =>
        {
            hellos.Add(h.AsksForTls13 ? (ushort)0x0304 : h.HelloVersion);
            return false;
        }));
        Dictionary<string, int> HellosOf() => hellos.GroupBy(h => h).ToDictionary(g => ProtocolVersion.NameOf(g.Key), g => g.Count(), StringComparer.Ordinal);
        var (versions, _) = await SeenAsync(server.Port);
        var answers = versions.GetProperty("answers").EnumerateArray().ToDictionary(a => a.GetProperty("version").GetString()!, StringComparer.Ordinal);

        Assert.False(versions.GetProperty("tls11").GetBoolean());
        var heard = HellosOf();
        Assert.All(["SSLv3", "TLSv1.0", "TLSv1.1"], v =>
        {
            // Only what went over the wire is counted; what another version's refusal says is told apart.
            var attempts = answers[v].GetProperty("attempts").GetInt32();
            Assert.Equal(heard[v], attempts);
            var note = answers[v].GetProperty("note").GetString()!;
            Assert.Contains($"共问 {attempts} 次", note, StringComparison.Ordinal);
            Assert.True(attempts >= 2 || note.Contains("次问更新的版本", StringComparison.Ordinal), note);
        });
    }

    /// <summary>Another server shows in the last of the walks alone, which asks for groups.</summary>
    [Fact]
    public async Task Nothing_is_denied_before_the_last_walk_has_ended()
    {
        var (first, second) = Two();
        var isWalking = false;
        await using var server = new ScriptedServer(c => (Volatile.Read(ref isWalking) ? second : first)(c));
        var (endpoint, context) = await SurveyedAsync(server.Port);
        var suites = await SuiteSurvey.OfAsync(endpoint, context, CancellationToken.None);
        Assert.False(suites.Dialogue.Contradicts);
        Volatile.Write(ref isWalking, true);
        var versions = await SeenAsync(new ProtocolVersionsProbe(), endpoint, context);

        Assert.True(suites.Dialogue.Contradicts);
        Assert.False(versions.TryGetProperty("tls10", out _), $"{versions}");
    }

    /// <summary>Another server shows in the walk over groups, which then hangs: what was seen of it counts all the same.</summary>
    [Fact]
    public async Task A_contradiction_counts_where_the_walk_that_met_it_breaks_off()
    {
        var (first, second) = Two();
        var (isWalking, walked) = (false, 0);
        await using var server = new ScriptedServer(c => !Volatile.Read(ref isWalking) ? first(c) : Interlocked.Increment(ref walked) <= 2 ? second(c) : Task.Delay(Timeout.Infinite, c.Stop));
        var (endpoint, context) = await SurveyedAsync(server.Port);
        var suites = await SuiteSurvey.OfAsync(endpoint, context, CancellationToken.None);
        Assert.False(suites.Dialogue.Contradicts);
        Volatile.Write(ref isWalking, true);
        var versions = await SeenAsync(new ProtocolVersionsProbe(TimeSpan.FromSeconds(2)), endpoint, context);

        Assert.True(suites.Dialogue.Contradicts);
        Assert.All(["tls10", "tls11", "ssl3"], version => Assert.False(versions.TryGetProperty(version, out _), $"{version}: {versions}"));
        Assert.True(versions.GetProperty("tls12").GetBoolean());
    }

    [Fact]
    public async Task What_is_proven_stands_and_nothing_is_denied_where_the_walk_does_not_end()
    {
        var answering = TlsQuirks.Server(Same([0x0303], [0xC030, 0xC02F, 0x009F]));
        var isWalking = false;
        await using var server = new ScriptedServer(c => Volatile.Read(ref isWalking) ? Task.Delay(Timeout.Infinite, c.Stop) : answering(c));
        var (endpoint, context) = await SurveyedAsync(server.Port);
        Volatile.Write(ref isWalking, true);
        var clock = Stopwatch.StartNew();
        var versions = await SeenAsync(new ProtocolVersionsProbe(TimeSpan.FromSeconds(1)), endpoint, context);

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), $"{clock.Elapsed}");
        Assert.True(versions.GetProperty("tls12").GetBoolean(), $"{versions}");
        Assert.Equal("TLSv1.2", versions.Names("confirmed"));
        Assert.All(["ssl3", "tls10", "tls11", "tls13", "offered"], field => Assert.False(versions.TryGetProperty(field, out _), $"{field}: {versions}"));
        Assert.Equal(new CipherSuitesProbe().Manifest.Connections, new ProtocolVersionsProbe().Manifest.Connections);
    }

    [Theory]
    [InlineData("the same", false)]
    [InlineData("another address", true)]
    [InlineData("a session id", true)]
    [InlineData("more extensions", true)]
    [InlineData("another curve", true)]
    public async Task What_no_hello_explains_hints_at_several_servers(string other, bool isSign)
    {
        byte[] secure = [0xFF, 1, 0, 1, 0];
        var one = Same([0x0303], [0xC030]) with { HelloExtensions = secure };
        var signs = new BackendSigns();
        signs.Take(await HeardAsync(one));
        signs.Take(await HeardAsync(one));
        Assert.False(signs.AreSeen);
        var heard = await HeardAsync(other switch
        {
            "more extensions" => one with { HelloExtensions = [.. secure, 0, 23, 0, 0] },
            "another curve" => one with { Curves = [23, 29] },
            _ => one,
        });
        signs.Take(other switch
        {
            "another address" => heard with { RemoteAddress = "127.0.0.2:443" },
            "a session id" => heard with { Reply = WithSession((Selected)heard.Reply) },
            _ => heard,
        });

        Assert.Equal(isSign, signs.AreSeen);
    }

    private static Selected WithSession(Selected selected) => new(selected.Flight with { Hello = selected.Flight.Hello with { SessionId = new byte[32] } });

    private static async Task<HelloExchange> HeardAsync(ScriptedTls tls)
    {
        await using var server = new ScriptedServer(TlsQuirks.Server(tls));
        var endpoint = ProbeContexts.Local(server.Port);
        var hello = VersionQuestion.For(endpoint).First(q => q.Version == ProtocolVersion.Tls12).Hellos[0].Hello;
        return await new HelloCaller(ProbeContexts.For(new KeptEvidence(), endpoint), endpoint).AskAsync("once", hello, CancellationToken.None) with { RemoteAddress = "127.0.0.1:443" };
    }

    /// <summary>Of one name, with certificates of their own; the second takes TLS 1.0 as well.</summary>
    private static (Func<ScriptedConnection, Task> First, Func<ScriptedConnection, Task> Second) Two()
    {
        var one = Same([0x0303], [0xC030, 0xC02F, 0x009F]);
        return (TlsQuirks.Server(one), TlsQuirks.Server(Same([0x0301, 0x0303], [0xC030, 0xC02F, 0x009F, 0xC013]) with { Certificates = [[0x30, 1, 0]] }));
    }

    private static ScriptedTls Same(ushort[] versions, ushort[] suites) => new() { Suites = versions.ToDictionary(v => v, _ => (IReadOnlyList<ushort>)suites) };

    private static Func<int, bool> Closes(string when)
    {
        var dice = new SeededBytes(11).Take(4096).ToArray();
        return when switch
        {
            "every second" => n => n % 2 == 0,
            "two of three" => n => n % 3 != 0,
            "one of three" => n => n % 3 == 0,
            "half at random" => n => dice[n] < 128,
            "two thirds at random" => n => dice[n] < 171,
            _ => n => dice[n] < 85,
        };
    }

    private static async Task<(JsonElement Versions, JsonElement Suites)> SeenAsync(int port)
    {
        var endpoint = ProbeContexts.Local(port);
        var context = ProbeContexts.For(new KeptEvidence(), endpoint);
        return (await SeenAsync(new ProtocolVersionsProbe(), endpoint, context), await SeenAsync(new CipherSuitesProbe(), endpoint, context));
    }

    /// <summary>The versions' own hellos are asked, and nothing more.</summary>
    private static async Task<(Endpoint Endpoint, ProbeContext Context)> SurveyedAsync(int port)
    {
        var endpoint = ProbeContexts.Local(port);
        var context = ProbeContexts.For(new KeptEvidence(), endpoint);
        var survey = await VersionSurvey.OfAsync(endpoint, context, CancellationToken.None);
        Assert.False(survey.Inquiries.Single(i => i.Version == ProtocolVersion.Tls10).Decide(survey.Selected));
        return (endpoint, context);
    }

    private static async Task<JsonElement> SeenAsync(IProbe probe, Endpoint endpoint, ProbeContext context) =>
        Assert.Single(Assert.IsType<Observed>(await probe.ObserveAsync(endpoint, context, CancellationToken.None)).Observations).Data;
}
