namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Reads the encrypted messages of a TLS 1.3 server (RFC 8446 §4.3, §4.4, §4.6).</summary>
internal static class Tls13Messages
{
    private const int MaxExtensions = 64;

    /// <summary>An extension block behind its length in two bytes, which ends the message.</summary>
    /// <exception cref="MalformedFlightException">Does not add up, or beyond the cap.</exception>
    public static IReadOnlyList<KeyValuePair<ushort, ReadOnlyMemory<byte>>> Extensions(ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body);
        return List(reader.Vector(2));
    }

    public static Tls13CertificateRequest CertificateRequest(ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body);
        var context = reader.Vector(1).ToArray();
        return new Tls13CertificateRequest(context, List(reader.Vector(2)));
    }

    public static IReadOnlyList<Tls13Certificate> Certificates(ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body);
        reader.Vector(1);
        var list = new WireReader(reader.Vector(3));
        var found = new List<Tls13Certificate>();
        while (!list.IsEmpty)
        {
            if (found.Count == FlightLimits.MaxCertificates)
            {
                throw new MalformedFlightException($"证书超过 {FlightLimits.MaxCertificates} 张");
            }

            found.Add(new Tls13Certificate(list.Vector(3).ToArray(), List(list.Vector(2))));
        }

        return found;
    }

    public static Tls13Ticket Ticket(ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body);
        var lifetime = ((uint)reader.UInt16() << 16) | reader.UInt16();
        reader.Take(4);
        reader.Vector(1);
        reader.Vector(2);
        foreach (var (type, content) in List(reader.Vector(2)))
        {
            if (type == (ushort)ExtensionType.EarlyData)
            {
                var size = new WireReader(content.Span);
                return new Tls13Ticket(lifetime, ((uint)size.UInt16() << 16) | size.UInt16());
            }
        }

        return new Tls13Ticket(lifetime, null);
    }

    private static List<KeyValuePair<ushort, ReadOnlyMemory<byte>>> List(ReadOnlySpan<byte> block)
    {
        var found = new List<KeyValuePair<ushort, ReadOnlyMemory<byte>>>();
        var reader = new WireReader(block);
        while (!reader.IsEmpty)
        {
            if (found.Count == MaxExtensions)
            {
                throw new MalformedFlightException($"扩展超过 {MaxExtensions} 个");
            }

            var type = reader.UInt16();
            found.Add(new(type, reader.Vector(2).ToArray()));
        }

        return found;
    }
}
