using System.Security.Cryptography;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>CLIENT-HELLO of SSL 2.0 (draft-hickman-netscape-ssl-00 §2.5), which RFC 6176 forbids to offer for any other purpose than to find it.</summary>
internal static class Ssl2
{
    public const ushort Version = 0x0002;
    public const string Name = "SSLv2";

    public const byte Error = 0;
    public const byte ServerHello = 4;
    private const byte ClientHello = 1;
    private const int ChallengeLength = 16;

    /// <summary>Every CIPHER-KIND of the draft and of the libraries that spoke it.</summary>
    public static IReadOnlyList<KeyValuePair<int, string>> Ciphers { get; } =
    [
        new(0x0700C0, "SSL_CK_DES_192_EDE3_CBC_WITH_MD5"),
        new(0x0701C0, "SSL_CK_DES_192_EDE3_CBC_WITH_SHA"),
        new(0x050080, "SSL_CK_IDEA_128_CBC_WITH_MD5"),
        new(0x030080, "SSL_CK_RC2_128_CBC_WITH_MD5"),
        new(0x010080, "SSL_CK_RC4_128_WITH_MD5"),
        new(0x080080, "SSL_CK_RC4_64_WITH_MD5"),
        new(0x060040, "SSL_CK_DES_64_CBC_WITH_MD5"),
        new(0x060140, "SSL_CK_DES_64_CBC_WITH_SHA"),
        new(0x040080, "SSL_CK_RC2_128_CBC_EXPORT40_WITH_MD5"),
        new(0x020080, "SSL_CK_RC4_128_EXPORT40_WITH_MD5"),
        new(0x000000, "SSL_CK_NULL_WITH_MD5"),
    ];

    public static string NameOf(int cipher) => Ciphers.FirstOrDefault(c => c.Key == cipher).Value ?? $"0x{cipher:X6}";

    public static byte[] Hello()
    {
        var body = new WireWriter();
        body.Byte(ClientHello);
        body.UInt16(Version);
        body.UInt16((ushort)(3 * Ciphers.Count));
        body.UInt16(0);
        body.UInt16(ChallengeLength);
        foreach (var (cipher, _) in Ciphers)
        {
            body.Bytes([(byte)(cipher >> 16), (byte)(cipher >> 8), (byte)cipher]);
        }

        body.Bytes(RandomNumberGenerator.GetBytes(ChallengeLength));
        var record = new WireWriter();
        record.UInt16((ushort)(0x8000 | body.Length));
        record.Bytes(body.ToArray());
        return record.ToArray();
    }
}

/// <summary>SERVER-HELLO of SSL 2.0: the certificate, and every cipher the server has in common with the hello.</summary>
internal sealed record Ssl2ServerHello
{
    private const int MaxCiphers = 256;

    public required ushort Version { get; init; }

    /// <summary>X.509 DER; empty where the server resumes or has none.</summary>
    public required ReadOnlyMemory<byte> Certificate { get; init; }

    /// <summary>CIPHER-KINDs, three bytes each, in the order sent.</summary>
    public required IReadOnlyList<int> Ciphers { get; init; }

    /// <param name="body">Behind the message type.</param>
    /// <exception cref="MalformedFlightException">Not a SERVER-HELLO.</exception>
    public static Ssl2ServerHello Parse(ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body);
        _ = reader.Take(2);
        var version = reader.UInt16();
        var (certificate, ciphers, connection) = (reader.UInt16(), reader.UInt16(), reader.UInt16());
        if (ciphers % 3 != 0 || ciphers / 3 > MaxCiphers)
        {
            throw new MalformedFlightException($"SSLv2 SERVER-HELLO 的套件表有 {ciphers} 字节");
        }

        var der = reader.Take(certificate).ToArray();
        var kinds = new WireReader(reader.Take(ciphers));
        _ = reader.Take(connection);
        var found = new List<int>();
        while (!kinds.IsEmpty)
        {
            found.Add(kinds.UInt24());
        }

        return new Ssl2ServerHello { Version = version, Certificate = der, Ciphers = found };
    }
}

/// <summary>Reads what answers a CLIENT-HELLO of SSL 2.0: its own records, or an alert of a later version.</summary>
internal sealed class Ssl2Reply : IReplyReader
{
    /// <summary>A record of two header bytes is at most this long.</summary>
    private const int MaxRecord = 0x7FFF;

    private readonly List<byte> _received = [];
    private readonly TlsReply _tls = new();
    private HelloReply? _reply;

    public ReadOnlySpan<byte> Received => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_received);

    public bool IsBetweenRecords => _received.Count == 0 || (!IsSsl2 && _tls.IsBetweenRecords);

    public bool HasAnswer => !IsSsl2 && _tls.HasAnswer;

    /// <summary>Records of three header bytes have the high bit clear and would begin with a length no TLS content type has.</summary>
    private bool IsSsl2 => _received.Count > 0 && ((_received[0] & 0x80) != 0 || (_received[0] < 20 && _received[0] > 0));

    public bool Take(ReadOnlySpan<byte> bytes)
    {
        _received.AddRange(bytes[..Math.Min(bytes.Length, MaxRecord + 3 - _received.Count)]);
        if (!IsSsl2)
        {
            return _tls.Take(bytes);
        }

        if (_received.Count < 3)
        {
            return true;
        }

        var hasPadding = (_received[0] & 0x80) == 0;
        var header = hasPadding ? 3 : 2;
        var length = ((_received[0] & (hasPadding ? 0x3F : 0x7F)) << 8) | _received[1];
        var padding = hasPadding ? _received[2] : 0;
        if (_received.Count >= header + length && length > padding)
        {
            _reply = Read(Received.Slice(header, length - padding));
        }
        else if (length <= padding || _received.Count >= MaxRecord)
        {
            throw new MalformedFlightException($"SSLv2 记录长度 {length} 不可能");
        }

        return _reply is null;
    }

    public HelloReply Conclude(HelloReply ending) => IsSsl2 ? _reply ?? ending : _tls.Conclude(ending);

    private static HelloReply Read(ReadOnlySpan<byte> message) => message[0] switch
    {
        Ssl2.ServerHello => new Ssl2Selected(Ssl2ServerHello.Parse(message[1..])),
        Ssl2.Error when message.Length >= 3 => new Ssl2Refused((ushort)((message[1] << 8) | message[2])),
        _ => throw new MalformedFlightException($"SSLv2 应答的消息类型是 {message[0]}"),
    };
}

/// <summary>A SERVER-HELLO of SSL 2.0 came.</summary>
internal sealed record Ssl2Selected(Ssl2ServerHello Hello) : HelloReply
{
    public override bool ShowsTls => true;

    public override string Describe() => $"SSLv2 SERVER-HELLO, {Hello.Ciphers.Count} ciphers";
}

/// <summary>An ERROR of SSL 2.0 came, such as NO-CIPHER-ERROR (1).</summary>
internal sealed record Ssl2Refused(ushort Code) : HelloReply
{
    public override bool ShowsTls => true;

    public override string Describe() => $"SSLv2 ERROR {Code}";
}
