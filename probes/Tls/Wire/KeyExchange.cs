namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>What a ServerKeyExchange says in clear (RFC 5246 §7.4.3, RFC 8422 §5.4, RFC 2246 §7.4.3, GB/T 38636-2020 §6.4.5.4).</summary>
internal sealed record KeyExchange
{
    private const int MaxNumber = 4096;
    private const byte NamedCurve = 3;

    /// <summary>NamedGroup of ECDHE; null for others and for explicit curves.</summary>
    public ushort? Group { get; init; }

    /// <summary>True where the curve was written out instead of named (RFC 4492 §5.4), which RFC 8422 forbids.</summary>
    public bool IsExplicitCurve { get; init; }

    /// <summary>Prime of DHE, big-endian without leading zeros.</summary>
    public ReadOnlyMemory<byte>? Prime { get; init; }

    /// <summary>Generator of DHE.</summary>
    public ReadOnlyMemory<byte>? Generator { get; init; }

    /// <summary>Modulus of a temporary RSA key (EXPORT).</summary>
    public ReadOnlyMemory<byte>? Modulus { get; init; }

    /// <summary>The server's public value of this one connection.</summary>
    public ReadOnlyMemory<byte>? Public { get; init; }

    /// <summary>SignatureScheme of TLS 1.2; null before it and without a signature.</summary>
    public ushort? Scheme { get; init; }

    public static int BitsOf(ReadOnlyMemory<byte> number) => number.IsEmpty ? 0 : (number.Length * 8) - int.LeadingZeroCount(number.Span[0] << 24);

    /// <summary>Null where the suite sends none, or one this tool does not read (PSK, SRP).</summary>
    /// <exception cref="MalformedFlightException">The message does not add up.</exception>
    public static KeyExchange? Read(ServerFlight flight)
    {
        if (flight.Body(HandshakeType.ServerKeyExchange) is not { } body)
        {
            return null;
        }

        var hello = flight.Hello;
        var name = CipherSuites.NameOf(hello.Suite);
        var hasScheme = hello.Version == ProtocolVersion.Tls12.Wire && !name.Contains("anon", StringComparison.OrdinalIgnoreCase);
        if (name.Contains("PSK", StringComparison.Ordinal) || name.Contains("SRP", StringComparison.Ordinal))
        {
            return null;
        }

        var reader = new WireReader(body.Span);
        if (name.Contains("ECDHE_", StringComparison.Ordinal) || name.Contains("ECDH_anon", StringComparison.OrdinalIgnoreCase))
        {
            return ReadCurve(ref reader, hasScheme);
        }

        if (name.Contains("DHE_", StringComparison.Ordinal) || name.Contains("DH_anon", StringComparison.OrdinalIgnoreCase))
        {
            return ReadField(ref reader, hasScheme);
        }

        return name.Contains("RSA_EXPORT", StringComparison.Ordinal) ? ReadRsa(ref reader, hasScheme) : null;
    }

    private static KeyExchange ReadCurve(ref WireReader reader, bool hasScheme)
    {
        var kind = reader.Byte();
        if (kind != NamedCurve)
        {
            return kind is 1 or 2
                ? new KeyExchange { IsExplicitCurve = true }
                : throw new MalformedFlightException($"ServerKeyExchange 的曲线类型是 {kind}");
        }

        var group = reader.UInt16();
        var point = reader.Vector(1).ToArray();
        return new KeyExchange { Group = group, Public = point, Scheme = Signed(ref reader, hasScheme) };
    }

    private static KeyExchange ReadField(ref WireReader reader, bool hasScheme)
    {
        var prime = Number(ref reader);
        var generator = Number(ref reader);
        var value = Number(ref reader);
        return new KeyExchange { Prime = prime, Generator = generator, Public = value, Scheme = Signed(ref reader, hasScheme) };
    }

    private static KeyExchange ReadRsa(ref WireReader reader, bool hasScheme)
    {
        var modulus = Number(ref reader);
        _ = Number(ref reader);
        return new KeyExchange { Modulus = modulus, Scheme = Signed(ref reader, hasScheme) };
    }

    private static ushort? Signed(ref WireReader reader, bool hasScheme) => hasScheme && reader.Left >= 2 ? reader.UInt16() : null;

    private static byte[] Number(ref WireReader reader)
    {
        var number = reader.Vector(2);
        return number.Length > MaxNumber
            ? throw new MalformedFlightException($"ServerKeyExchange 里的数有 {number.Length} 字节")
            : number.TrimStart((byte)0).ToArray();
    }
}
