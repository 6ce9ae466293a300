namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>POP3 (RFC 2595 §4; capabilities: RFC 2449).</summary>
internal sealed class Pop3Dialogue : IStartTlsDialogue
{
    private const int MaxLines = 100;

    public async Task<StartTlsTalk> HoldAsync(StartTlsWire wire, string serverName, bool isCurious, CancellationToken cancellationToken)
    {
        var greeting = await wire.LineAsync(cancellationToken);
        if (!IsPositive(greeting))
        {
            throw StartTlsWire.Unreadable($"不是 POP3 的问候：{PrintableText.Of(greeting, 60)}");
        }

        var words = isCurious ? await CapabilitiesAsync(wire, cancellationToken) : null;
        await wire.RequestUpgradeAsync("STLS", cancellationToken);
        var answer = await wire.LineAsync(cancellationToken);
        return new StartTlsTalk
        {
            Agreed = IsPositive(answer),
            Answer = PrintableText.Of(answer, 200),
            Greeting = PrintableText.Of(greeting, 200),
            Announced = words?.Contains("STLS"),
            Mechanisms = words is null ? null : [.. words.Where(w => w == "USER"), .. words.Where(w => w.StartsWith("SASL ", StringComparison.Ordinal)).SelectMany(w => MechanismNames.Of(w[5..]))],
        };
    }

    /// <summary>Null where the server knows no CAPA.</summary>
    private static async Task<List<string>?> CapabilitiesAsync(StartTlsWire wire, CancellationToken cancellationToken)
    {
        await wire.SendLineAsync("CAPA", cancellationToken);
        if (!IsPositive(await wire.LineAsync(cancellationToken)))
        {
            return null;
        }

        var words = new List<string>();
        while (words.Count < MaxLines)
        {
            var line = await wire.LineAsync(cancellationToken);
            if (line == ".")
            {
                return words;
            }

            words.Add(line.Trim().ToUpperInvariant());
        }

        throw StartTlsWire.Unreadable($"应答超过 {MaxLines} 行");
    }

    private static bool IsPositive(string line) => line.StartsWith("+OK", StringComparison.OrdinalIgnoreCase);
}
