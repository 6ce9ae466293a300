using System.Diagnostics;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

/// <summary>All probes of one port together: what a hostile one may cost, and that a slow honest one is not cut short.</summary>
public sealed class WholeScanTests
{
    private static readonly ScriptedTls Hollow = new()
    {
        Suites = new Dictionary<ushort, IReadOnlyList<ushort>> { [0x0301] = [0xC014, 0x0035], [0x0303] = [0xC030, 0xC02F, 0x009D], [0x0304] = [0x1302, 0x1301] },
    };

    public static TheoryData<string> Scripts => ["reset", "close", "silence", "drip", "endless", "half a record", "garbage"];

    public static TheoryData<string> Fates =>
    [
        "close pass", "pass close", "reset pass", "stall pass", "pass stall", "stall close pass", "stall stall pass", "cut pass", "cut", "pass pass pass stall", "pass reset stall",
    ];

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task A_port_that_never_answers_costs_little(string script)
    {
        await using var server = new ScriptedServer(c => HostileScripts.RunAsync(script, c));
        var (records, elapsed) = await ScanAsync(ProbeContexts.Local(server.Port));

        Assert.True(elapsed < Observing.HostileLimit, Slowest(records, elapsed));
        Assert.DoesNotContain(records, r => r.Outcome is Observed);
    }

    [SkippableTheory]
    [MemberData(nameof(Fates))]
    public async Task A_server_that_fails_in_turn_costs_no_more(string fates)
    {
        Skip.If(RequiredTool.IsMissing("nginx"));
        using var nginx = await NginxServer.StartAsync(TestCertificates.Rsa(), directives: "ssl_ciphers ALL@SECLEVEL=0; ssl_session_cache shared:s:1m;");
        var turns = fates.Split(' ');
        await using var relay = new ScriptedServer(FlakyRelay.Before(nginx.Port, n => turns[n % turns.Length]));
        var (records, elapsed) = await ScanAsync(ProbeContexts.Local(relay.Port, serverName: "localhost"));

        Assert.True(elapsed < Observing.HostileLimit, Slowest(records, elapsed));
        Assert.DoesNotContain(records, r => r.Outcome is Unable { Kind: FailureKind.ProbeBug });
    }

    /// <summary>With permission every question is asked; those to which silence is an answer have clocks of their own.</summary>
    [SkippableTheory]
    [InlineData("close pass")]
    [InlineData("pass pass pass stall")]
    [InlineData("pass stall")]
    [InlineData("stall stall pass")]
    public async Task With_permission_a_server_that_fails_in_turn_ends_as_well(string fates)
    {
        Skip.If(RequiredTool.IsMissing("nginx"));
        using var nginx = await NginxServer.StartAsync(TestCertificates.Rsa(), directives: "ssl_ciphers ALL@SECLEVEL=0; ssl_session_cache shared:s:1m;");
        var turns = fates.Split(' ');
        await using var relay = new ScriptedServer(FlakyRelay.Before(nginx.Port, n => turns[n % turns.Length]));
        var (records, elapsed) = await ScanAsync(ProbeContexts.Local(relay.Port, serverName: "localhost"), isAllowed: true);

        Assert.True(elapsed < Observing.HostileLimit, Slowest(records, elapsed));
        Assert.DoesNotContain(records, r => r.Outcome is Unable { Kind: FailureKind.ProbeBug or FailureKind.Refused });
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task With_permission_a_port_that_never_answers_costs_no_more(string script)
    {
        await using var server = new ScriptedServer(c => HostileScripts.RunAsync(script, c));
        var (records, elapsed) = await ScanAsync(ProbeContexts.Local(server.Port), isAllowed: true);

        Assert.True(elapsed < Observing.HostileLimit, Slowest(records, elapsed));
        Assert.DoesNotContain(records, r => r.Outcome is Observed);
    }

    [Theory]
    [MemberData(nameof(Fates))]
    public async Task Neither_does_one_that_completes_nothing(string fates)
    {
        var turns = fates.Split(' ');
        var answering = TlsQuirks.Server(Hollow);
        await using var hollow = new ScriptedServer(answering);
        await using var relay = new ScriptedServer(FlakyRelay.Before(hollow.Port, n => turns[n % turns.Length]));
        var (records, elapsed) = await ScanAsync(ProbeContexts.Local(relay.Port, serverName: "localhost"));

        Assert.True(elapsed < Observing.HostileLimit, Slowest(records, elapsed));
        Assert.DoesNotContain(records, r => r.Outcome is Unable { Kind: FailureKind.ProbeBug });
    }

    [SkippableFact]
    public async Task A_slow_honest_server_is_scanned_to_the_end()
    {
        Skip.If(RequiredTool.IsMissing("nginx"));
        using var nginx = await NginxServer.StartAsync(TestCertificates.Rsa(), directives: "ssl_session_cache shared:s:1m;");
        await using var relay = new ScriptedServer(FlakyRelay.Before(nginx.Port, _ => "late"));
        var (records, elapsed) = await ScanAsync(ProbeContexts.Local(relay.Port, serverName: "localhost"));

        Assert.True(records.All(r => r.Outcome is Observed or NotNeeded), Slowest(records, elapsed));
        Assert.True(Data(records, "tls.cipher-suites").GetProperty("isWhole").GetBoolean());
        Assert.False(Data(records, "tls.handshake-options").GetProperty("compression").GetBoolean());
    }

    private static System.Text.Json.JsonElement Data(IReadOnlyList<ProbeRecord> records, string probe) =>
        ((Observed)records.Single(r => r.ProbeId == probe).Outcome).Observations[0].Data;

    private static async Task<(IReadOnlyList<ProbeRecord> Records, TimeSpan Elapsed)> ScanAsync(Endpoint endpoint, bool isAllowed = false)
    {
        var context = ProbeContexts.For(new KeptEvidence(), endpoint).Allowing(isAllowed);
        var plan = ProbeCatalogue.Of(typeof(ProtocolVersionsProbe).Assembly).Plan([endpoint], p => p.Manifest.Pillar == Pillar.Tls && (isAllowed || p.Manifest.Intrusiveness != Intrusiveness.Intrusive));
        var clock = Stopwatch.StartNew();
        var records = await new ProbeRunner(context, new RunnerOptions(), new Progress<RunEvent>()).RunAsync(plan, CancellationToken.None);
        return (records, clock.Elapsed);
    }

    private static string Slowest(IReadOnlyList<ProbeRecord> records, TimeSpan elapsed) =>
        $"{elapsed}\n{string.Join('\n', records.Select(r => $"{r.ProbeId} {r.Elapsed.TotalSeconds:0.0} {r.Outcome.GetType().Name} {(r.Outcome as Unable)?.Message}"))}";
}
