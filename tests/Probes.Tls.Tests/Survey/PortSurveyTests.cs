using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

public sealed class PortSurveyTests
{
    /// <summary>renegotiation_info, extended_main_secret and heartbeat.</summary>
    private static readonly byte[] Extensions = [0xFF, 1, 0, 1, 0, 0, 23, 0, 0, 0, 15, 0, 1, 1];

    private static readonly ScriptedTls Tls = new()
    {
        Suites = new Dictionary<ushort, IReadOnlyList<ushort>> { [0x0303] = [0xC02F, 0xC030], [0x0302] = [0xC013] },
        HelloExtensions = Extensions,
    };

    [Fact]
    public async Task Answers_to_extensions_ride_on_flights_already_made()
    {
        await using var server = new ScriptedServer(TlsQuirks.Server(Tls));
        var endpoint = ProbeContexts.Local(server.Port);
        var context = ProbeContexts.For(new KeptEvidence(), endpoint);
        var survey = await PortSurvey.OfAsync(endpoint, context, CancellationToken.None);
        var opened = ((SocketDialer)context.Dialer).Opened;

        Assert.Equal([0], survey.AnswerTo(ProtocolVersion.Tls12, ExtensionType.RenegotiationInfo).Value!.Value.ToArray());
        Assert.Equal([1], survey.AnswerTo(ProtocolVersion.Tls12, ExtensionType.Heartbeat).Value!.Value.ToArray());
        Assert.Null(survey.AnswerTo(ProtocolVersion.Tls12, ExtensionType.EncryptThenMac).Value);
        Assert.False(survey.AnswerTo(ProtocolVersion.Tls12, ExtensionType.EarlyData).IsKnown);
        Assert.False(survey.AnswerTo(ProtocolVersion.Tls10, ExtensionType.Heartbeat).IsKnown);
        Assert.Contains(survey.Answered(ProtocolVersion.Tls12), a => a.Hello.Compressions.Contains((byte)1) && a.Flight.Hello.Compression == 0);
        Assert.NotNull(survey.SuitesOf(ProtocolVersion.Tls11));
        Assert.Null(survey.SuitesOf(ProtocolVersion.Tls13));
        Assert.Equal(opened, survey.Exchanges.Count);

        // Whoever comes second opens nothing.
        _ = await PortSurvey.OfAsync(endpoint, context, CancellationToken.None);
        _ = await new CipherSuitesProbe().ObserveAsync(endpoint, context, CancellationToken.None);
        Assert.Equal(opened, ((SocketDialer)context.Dialer).Opened);
    }

    [Fact]
    public async Task No_walk_asks_more_than_the_endpoint_allows_at_once()
    {
        await using var server = new ScriptedServer(TlsQuirks.Server(Tls));
        var endpoint = ProbeContexts.Local(server.Port) with { MaxConnections = 2 };
        await PortSurvey.OfAsync(endpoint, ProbeContexts.For(new KeptEvidence(), endpoint), CancellationToken.None);

        // The server notices the end of a connection a moment after the client has opened the next.
        Assert.InRange(server.MostAtOnce, 1, 4);
    }
}
