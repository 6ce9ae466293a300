using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>The bytes of a probe's connections as a JSON file, so that others can read the same flights again.</summary>
internal static class FlightTranscript
{
    /// <summary>Received bytes kept a connection; the true length stands beside them.</summary>
    private const int Kept = 64 * 1024;

    public static Evidence Save(string probeId, Endpoint endpoint, ProbeContext context, IReadOnlyList<HelloExchange> exchanges)
    {
        var record = new TranscriptRecord(endpoint.Authority, EndpointName.Sni(endpoint), [.. exchanges.Select(Describe)]);
        return context.Evidence.Save(new EvidenceDraft(
            probeId, endpoint.TargetId, "transcript.json", "application/json", ObservationJson.ToFile(record),
            $"与 {endpoint.Authority} 的 {exchanges.Count} 次握手往来的原始字节"));
    }

    private static TranscriptConnection Describe(HelloExchange exchange) => new(
        exchange.Label,
        exchange.RemoteAddress,
        exchange.StartedAt,
        (long)exchange.Elapsed.TotalMilliseconds,
        Convert.ToHexStringLower(exchange.Sent.Span),
        exchange.Received.Length,
        Convert.ToHexStringLower(exchange.Received.Span[..Math.Min(Kept, exchange.Received.Length)]),
        exchange.Reply.Describe());

    private sealed record TranscriptRecord(string Endpoint, string? ServerName, IReadOnlyList<TranscriptConnection> Connections);

    private sealed record TranscriptConnection(
        string Question, string? RemoteAddress, DateTimeOffset StartedAt, long ElapsedMilliseconds, string SentHex, int ReceivedBytes, string ReceivedHex, string Reply);
}
