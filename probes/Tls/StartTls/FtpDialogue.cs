namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>FTP (RFC 4217 §4; features: RFC 2389).</summary>
internal sealed class FtpDialogue : IStartTlsDialogue
{
    private const int SecurityExchangeComplete = 234;

    public async Task<StartTlsTalk> HoldAsync(StartTlsWire wire, string serverName, bool isCurious, CancellationToken cancellationToken)
    {
        var greeting = await NumberedReply.ReadAsync(wire, cancellationToken);
        if (greeting.Code != 220)
        {
            throw StartTlsWire.Unreadable($"FTP 服务器不接待：{greeting.Shown}");
        }

        bool? announced = null;
        if (isCurious)
        {
            await wire.SendLineAsync("FEAT", cancellationToken);
            var features = await NumberedReply.ReadAsync(wire, cancellationToken);

            // Some servers keep FEAT for those who logged in; their silence announces nothing.
            announced = features.Code == 211 ? features.Lines.Any(NamesTls) : null;
        }

        await wire.RequestUpgradeAsync("AUTH TLS", cancellationToken);
        var answer = await NumberedReply.ReadAsync(wire, cancellationToken);
        return new StartTlsTalk
        {
            Agreed = answer.Code == SecurityExchangeComplete,
            Answer = answer.Shown,
            Greeting = greeting.Shown,
            Announced = announced,
        };
    }

    private static bool NamesTls(string feature)
    {
        var words = feature.ToUpperInvariant().Split([' ', ';'], StringSplitOptions.RemoveEmptyEntries);
        return words is ["AUTH", ..] && words.Any(w => w is "TLS" or "TLS-C");
    }
}
