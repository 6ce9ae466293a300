namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>One handshake message, reassembled.</summary>
/// <param name="Type">HandshakeType as sent, known to this tool or not.</param>
/// <param name="Body">Without the four bytes of header.</param>
internal sealed record HandshakeMessage(byte Type, ReadOnlyMemory<byte> Body)
{
    /// <summary>As sent, header and body.</summary>
    public byte[] ToBytes() => [Type, (byte)(Body.Length >> 16), (byte)(Body.Length >> 8), (byte)Body.Length, .. Body.Span];
}

/// <summary>The plaintext a server sent in answer to one ClientHello, beginning with a ServerHello.</summary>
internal sealed record ServerFlight
{
    public required ServerHello Hello { get; init; }

    /// <summary>All messages, ServerHello first.</summary>
    public required IReadOnlyList<HandshakeMessage> Messages { get; init; }

    /// <summary>Warnings sent on the way, such as unrecognized_name.</summary>
    public required IReadOnlyList<TlsAlert> Warnings { get; init; }

    /// <summary>True after ServerHelloDone, and after the ServerHello of TLS 1.3, whose rest is encrypted.</summary>
    public required bool IsWhole { get; init; }

    /// <summary>Bytes of handshake in the longest record.</summary>
    public int LargestRecord { get; init; }

    /// <summary>Body of the first message of a type; null where none was sent.</summary>
    public ReadOnlyMemory<byte>? Body(HandshakeType type) => Messages.FirstOrDefault(m => m.Type == (byte)type)?.Body;

    /// <summary>Certificates in the order sent, DER; null where no Certificate message was sent (TLS 1.3, anonymous, PSK).</summary>
    /// <exception cref="MalformedFlightException">The list does not add up, or is beyond the caps.</exception>
    public IReadOnlyList<ReadOnlyMemory<byte>>? Certificates() => Body(HandshakeType.Certificate) is { } body ? ParseCertificates(body) : null;

    private static List<ReadOnlyMemory<byte>> ParseCertificates(ReadOnlyMemory<byte> body)
    {
        var reader = new WireReader(body.Span);
        var list = new WireReader(reader.Vector(3));
        var found = new List<ReadOnlyMemory<byte>>();
        while (!list.IsEmpty)
        {
            if (found.Count == FlightLimits.MaxCertificates)
            {
                throw new MalformedFlightException($"证书超过 {FlightLimits.MaxCertificates} 张");
            }

            found.Add(list.Vector(3).ToArray());
        }

        return found;
    }
}

/// <summary>Caps on what one flight may cost.</summary>
internal static class FlightLimits
{
    /// <summary>Bytes read from one connection before it is given up.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>2^14 + 2048 (RFC 5246 §6.2.3), the largest of all versions.</summary>
    public const int MaxRecord = (1 << 14) + 2048;

    public const int MaxMessages = 32;

    public const int MaxCertificates = 32;

    public const int MaxWarnings = 8;
}
