namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>IMAP (RFC 9051 §6.2.1).</summary>
internal sealed class ImapDialogue : IStartTlsDialogue
{
    private const int MaxLines = 100;

    public async Task<StartTlsTalk> HoldAsync(StartTlsWire wire, string serverName, bool isCurious, CancellationToken cancellationToken)
    {
        var greeting = await wire.LineAsync(cancellationToken);
        if (!greeting.StartsWith("* OK", StringComparison.OrdinalIgnoreCase) && !greeting.StartsWith("* PREAUTH", StringComparison.OrdinalIgnoreCase))
        {
            throw StartTlsWire.Unreadable($"不是 IMAP 的问候：{PrintableText.Of(greeting, 60)}");
        }

        List<string>? words = null;
        if (isCurious)
        {
            await wire.SendLineAsync("s1 CAPABILITY", cancellationToken);
            var (_, lines) = await TaggedAsync(wire, "s1", cancellationToken);
            words = [.. lines.Where(l => l.StartsWith("* CAPABILITY ", StringComparison.OrdinalIgnoreCase)).SelectMany(l => l.ToUpperInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(2))];
        }

        await wire.RequestUpgradeAsync("s2 STARTTLS", cancellationToken);
        var (answer, _) = await TaggedAsync(wire, "s2", cancellationToken);
        return new StartTlsTalk
        {
            Agreed = answer.StartsWith("s2 OK", StringComparison.OrdinalIgnoreCase),
            Answer = PrintableText.Of(answer, 200),
            Greeting = PrintableText.Of(greeting, 200),
            Announced = words?.Contains("STARTTLS"),
            Mechanisms = words is null ? null : [.. words.Where(w => w.StartsWith("AUTH=", StringComparison.Ordinal)).Select(w => w[5..]).Where(MechanismNames.IsName)],
            DemandsUpgrade = words?.Contains("LOGINDISABLED"),
        };
    }

    private static async Task<(string Final, List<string> Untagged)> TaggedAsync(StartTlsWire wire, string tag, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        while (lines.Count < MaxLines)
        {
            var line = await wire.LineAsync(cancellationToken);
            if (line.StartsWith($"{tag} ", StringComparison.Ordinal))
            {
                return (line, lines);
            }

            lines.Add(line);
        }

        throw StartTlsWire.Unreadable($"应答超过 {MaxLines} 行");
    }
}
