using System.Text;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>LDAP: the StartTLS extended operation (RFC 4511 §4.14), and what the root DSE announces (RFC 4512 §5.1).</summary>
internal sealed class LdapDialogue : IStartTlsDialogue
{
    private const string StartTlsOid = "1.3.6.1.4.1.1466.20037";
    private const byte ExtendedResponse = 0x78;
    private const byte SearchResultEntry = 0x64;
    private const byte SearchResultDone = 0x65;
    private const int MaxMessages = 16;

    public async Task<StartTlsTalk> HoldAsync(StartTlsWire wire, string serverName, bool isCurious, CancellationToken cancellationToken)
    {
        var announced = isCurious ? await RootAsync(wire, cancellationToken) : null;
        await wire.SendAsync(StartTlsRequest(), cancellationToken);
        var answer = await OperationAsync(wire, cancellationToken);
        if (answer.Tag != ExtendedResponse)
        {
            throw StartTlsWire.Unreadable($"对 StartTLS 的应答是别的操作（0x{answer.Tag:X2}）");
        }

        var body = new BerReader(answer.Content);
        var code = body.Next().Content is [var number] ? number : 255;
        _ = body.Next();
        var message = Encoding.Latin1.GetString(body.Next().Content);
        return new StartTlsTalk
        {
            Agreed = code == 0,
            Answer = PrintableText.Of($"resultCode {code} {message}".TrimEnd(), 200),
            Announced = announced?.Any(a => a.Value == StartTlsOid),
            Mechanisms = announced is null ? null : [.. announced.Where(a => a.Type.Equals("supportedSASLMechanisms", StringComparison.OrdinalIgnoreCase)).Select(a => a.Value).Where(MechanismNames.IsName)],
        };
    }

    /// <summary>ExtendedRequest, message id 2.</summary>
    private static byte[] StartTlsRequest() => Message(2, 0x77, Element(0x80, Encoding.ASCII.GetBytes(StartTlsOid)));

    /// <summary>An anonymous read of the root DSE; null where the server does not let strangers read it.</summary>
    private static async Task<List<(string Type, string Value)>?> RootAsync(StartTlsWire wire, CancellationToken cancellationToken)
    {
        byte[] attributes = [.. Element(4, "supportedExtension"u8), .. Element(4, "supportedSASLMechanisms"u8)];
        await wire.SendAsync(
            Message(1, 0x63, [.. Element(4, []), 0x0A, 1, 0, 0x0A, 1, 0, 2, 1, 1, 2, 1, 5, 1, 1, 0, .. Element(0x87, "objectClass"u8), .. Element(0x30, attributes)]),
            cancellationToken);
        var found = new List<(string, string)>();
        for (var i = 0; i < MaxMessages; i++)
        {
            var (tag, content) = await OperationAsync(wire, cancellationToken);
            switch (tag)
            {
                case SearchResultEntry:
                    Read(content, found);
                    break;
                case SearchResultDone:
                    return found.Count > 0 ? found : null;
                default:
                    throw StartTlsWire.Unreadable($"对查询的应答是别的操作（0x{tag:X2}）");
            }
        }

        throw StartTlsWire.Unreadable($"对查询的应答超过 {MaxMessages} 条");
    }

    private static void Read(ReadOnlySpan<byte> entry, List<(string, string)> found)
    {
        var reader = new BerReader(entry);
        _ = reader.Next();
        var attributes = new BerReader(reader.Next().Content);
        while (!attributes.IsEmpty)
        {
            var attribute = new BerReader(attributes.Next().Content);
            var type = Encoding.Latin1.GetString(attribute.Next().Content);
            var values = new BerReader(attribute.Next().Content);
            while (!values.IsEmpty)
            {
                found.Add((type, Encoding.Latin1.GetString(values.Next().Content)));
            }
        }
    }

    /// <summary>The protocolOp of the next LDAPMessage.</summary>
    private static async Task<(byte Tag, byte[] Content)> OperationAsync(StartTlsWire wire, CancellationToken cancellationToken)
    {
        var head = await wire.ExactlyAsync(2, cancellationToken);
        if (head[0] != 0x30)
        {
            throw StartTlsWire.Unreadable($"不是 LDAP 消息（首字节 0x{head[0]:X2}）");
        }

        var length = (int)head[1];
        if (length >= 0x80)
        {
            var more = (length & 0x7F) is > 0 and <= 4 ? await wire.ExactlyAsync(length & 0x7F, cancellationToken) : throw StartTlsWire.Unreadable("LDAP 消息的长度写法不对");
            length = (int)Math.Min(StartTlsWire.MaxBytes + 1L, more.Aggregate(0L, (sum, b) => (sum << 8) | b));
        }

        if (length > StartTlsWire.MaxBytes)
        {
            throw StartTlsWire.Unreadable($"LDAP 消息超过 {StartTlsWire.MaxBytes} 字节");
        }

        return Operation(await wire.ExactlyAsync(length, cancellationToken));
    }

    private static (byte Tag, byte[] Content) Operation(ReadOnlySpan<byte> message)
    {
        var reader = new BerReader(message);
        _ = reader.Next();
        var operation = reader.Next();
        return (operation.Tag, operation.Content.ToArray());
    }

    private static byte[] Message(byte id, byte tag, byte[] operation) => Element(0x30, [2, 1, id, .. Element(tag, operation)]);

    /// <summary>Short lengths are all that is ever sent.</summary>
    private static byte[] Element(byte tag, ReadOnlySpan<byte> content) => [tag, checked((byte)content.Length), .. content];
}
