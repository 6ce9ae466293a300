namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>SMTP (RFC 3207).</summary>
internal sealed class SmtpDialogue : IStartTlsDialogue
{
    private const int Ready = 220;

    public async Task<StartTlsTalk> HoldAsync(StartTlsWire wire, string serverName, bool isCurious, CancellationToken cancellationToken)
    {
        var greeting = await NumberedReply.ReadAsync(wire, cancellationToken);
        if (greeting.Code != Ready)
        {
            throw StartTlsWire.Unreadable($"SMTP 服务器不接待：{greeting.Shown}");
        }

        // Not a name of ours: RFC 2606 §2 keeps .invalid from ever meaning somebody.
        await wire.SendLineAsync("EHLO securitycheck.invalid", cancellationToken);
        var offers = await NumberedReply.ReadAsync(wire, cancellationToken);
        var words = offers.Code == 250 ? offers.Lines.Skip(1).Select(l => l.ToUpperInvariant()).ToList() : [];
        await wire.RequestUpgradeAsync("STARTTLS", cancellationToken);
        var answer = await NumberedReply.ReadAsync(wire, cancellationToken);
        return new StartTlsTalk
        {
            Agreed = answer.Code == Ready,
            Answer = answer.Shown,
            Greeting = greeting.Shown,
            Announced = words.Contains("STARTTLS"),
            Mechanisms = [.. words.Where(w => w.StartsWith("AUTH ", StringComparison.Ordinal) || w.StartsWith("AUTH=", StringComparison.Ordinal)).SelectMany(w => MechanismNames.Of(w[5..])).Distinct(StringComparer.Ordinal)],
        };
    }
}

/// <summary>Names of ways to log in, out of a server's list.</summary>
internal static class MechanismNames
{
    private const int Most = 32;

    /// <summary>SASL mechanism names (RFC 4422 §3.1: up to 20 of upper-case letters, digits, hyphen, underscore).</summary>
    public static IEnumerable<string> Of(string listed) =>
        listed.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(IsName).Take(Most);

    public static bool IsName(string word) => word.Length is > 0 and <= 20 && word.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c is '-' or '_');
}
