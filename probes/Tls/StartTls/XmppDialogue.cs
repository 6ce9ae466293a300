using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>XMPP, client to server (RFC 6120 §5). Read as text: an XML parser would have to be given the stream of a stranger.</summary>
internal sealed partial class XmppDialogue : IStartTlsDialogue
{
    private const int Most = 32;

    public async Task<StartTlsTalk> HoldAsync(StartTlsWire wire, string serverName, bool isCurious, CancellationToken cancellationToken)
    {
        await wire.SendAsync(System.Text.Encoding.ASCII.GetBytes(
            $"<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' to='{Attribute(serverName)}' version='1.0'>"), cancellationToken);
        var first = await wire.ExactlyAsync(1, cancellationToken);
        if (first[0] != (byte)'<')
        {
            throw StartTlsWire.Unreadable($"XMPP 服务器说的不是 XML（首字节 0x{first[0]:X2}）");
        }

        var opening = await wire.UntilAsync(["</stream:features>", "<stream:features/>", "</stream:error>", "</stream:stream>"], cancellationToken);
        if (!opening.Contains("<stream:features", StringComparison.Ordinal))
        {
            throw StartTlsWire.Unreadable($"XMPP 服务器没有给出功能列表：{PrintableText.Of(opening[Math.Max(0, opening.Length - 160)..], 160)}");
        }

        var isAnnounced = opening.Contains("<starttls", StringComparison.Ordinal);
        await wire.SendAsync("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"u8.ToArray(), cancellationToken);
        var answer = await AnswerAsync(wire, cancellationToken);
        return new StartTlsTalk
        {
            Agreed = answer.Contains("<proceed", StringComparison.Ordinal),
            Answer = PrintableText.Of(answer, 200),
            Announced = isAnnounced,
            Mechanisms = [.. Mechanism().Matches(opening).Select(m => m.Groups["name"].Value).Distinct(StringComparer.Ordinal).Take(Most)],
            DemandsUpgrade = isAnnounced && opening.Contains("<required", StringComparison.Ordinal),
        };
    }

    /// <summary>Up to the end of the element, so that nothing of it is left for TLS.</summary>
    private static async Task<string> AnswerAsync(StartTlsWire wire, CancellationToken cancellationToken)
    {
        var head = await wire.UntilAsync([">"], cancellationToken);
        return head.Contains("<proceed", StringComparison.Ordinal) && !head.EndsWith("/>", StringComparison.Ordinal)
            ? head + await wire.UntilAsync(["</proceed>"], cancellationToken)
            : head;
    }

    private static string Attribute(string name) => new([.. name.Where(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or ':' or '_')]);

    [GeneratedRegex("<mechanism[^>]{0,80}>(?<name>[A-Z0-9_-]{1,20})</mechanism>", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Mechanism();
}
