using System.Security.Cryptography;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// A ClientHello with every byte ours to choose (RFC 5246 §7.4.1.2, RFC 8446 §4.1.2, GB/T 38636-2020 §6.4.5.2.1).
/// An extension is sent where its property is set; a hello with none has no extension block at all.
/// </summary>
internal sealed record ClientHello
{
    /// <summary>Hellos of 256–511 bytes hang some load balancers (RFC 7685 §1); they are padded to this.</summary>
    public const int PaddedLength = 512;

    private const int RandomLength = 32;

    /// <summary>Version in the record header; servers of one port for TLS and TLCP decide by it.</summary>
    public required ushort RecordVersion { get; init; }

    /// <summary>client_version (legacy_version in TLS 1.3).</summary>
    public required ushort HelloVersion { get; init; }

    /// <summary>In order of preference; 1–32767.</summary>
    public required IReadOnlyList<ushort> Suites { get; init; }

    /// <summary>32 bytes; fresh ones for every record where not set.</summary>
    public ReadOnlyMemory<byte>? Random { get; init; }

    /// <summary>0–32 bytes.</summary>
    public ReadOnlyMemory<byte> SessionId { get; init; }

    /// <summary>compression_methods (RFC 3749); null alone where not set.</summary>
    public IReadOnlyList<byte> Compressions { get; init; } = [0];

    /// <summary>server_name (RFC 6066 §3).</summary>
    public string? ServerName { get; init; }

    /// <summary>supported_groups (RFC 8422 §5.1.1, RFC 8446 §4.2.7).</summary>
    public IReadOnlyList<ushort> Groups { get; init; } = [];

    /// <summary>signature_algorithms (RFC 5246 §7.4.1.4.1, RFC 8446 §4.2.3).</summary>
    public IReadOnlyList<ushort> SignatureAlgorithms { get; init; } = [];

    /// <summary>supported_versions (RFC 8446 §4.2.1).</summary>
    public IReadOnlyList<ushort> SupportedVersions { get; init; } = [];

    /// <summary>ec_point_formats with uncompressed alone (RFC 8422 §5.1.2).</summary>
    public bool PointFormats { get; init; }

    /// <summary>key_share without a share: asks for a HelloRetryRequest (RFC 8446 §4.2.8), which needs no key of ours.</summary>
    public bool EmptyKeyShare { get; init; }

    /// <summary>key_share: NamedGroup and key_exchange (RFC 8446 §4.2.8).</summary>
    public IReadOnlyList<KeyValuePair<ushort, ReadOnlyMemory<byte>>> KeyShares { get; init; } = [];

    /// <summary>Hellos of 256–511 bytes are padded, see <see cref="PaddedLength"/>.</summary>
    public bool IsPadded { get; init; } = true;

    /// <summary>Extensions as raw type and content, sent behind the named ones in this order.</summary>
    public IReadOnlyList<KeyValuePair<ushort, ReadOnlyMemory<byte>>> FurtherExtensions { get; init; } = [];

    /// <summary>Length of the message with its header, reached by padding (RFC 7685); where not set, only the lengths that hang are avoided.</summary>
    public int? PadTo { get; init; }

    /// <summary>True where the extension is sent; of renegotiation_info also as the suite that stands for it (RFC 5746 §3.3).</summary>
    public bool Offers(ExtensionType extension) => extension switch
    {
        ExtensionType.ServerName => ServerName is not null,
        ExtensionType.SupportedGroups => Groups.Count > 0,
        ExtensionType.SignatureAlgorithms => SignatureAlgorithms.Count > 0,
        ExtensionType.SupportedVersions => SupportedVersions.Count > 0,
        ExtensionType.EcPointFormats => PointFormats,
        ExtensionType.KeyShare => EmptyKeyShare || KeyShares.Count > 0,
        ExtensionType.RenegotiationInfo when Suites.Contains(CipherSuites.RenegotiationInfoScsv) => true,
        _ => FurtherExtensions.Any(e => e.Key == (ushort)extension),
    };

    /// <summary>The hello as one record.</summary>
    public byte[] ToRecord()
    {
        var message = Message(padding: null);
        var wanted = PadTo ?? (IsPadded && message.Length is >= 256 and < PaddedLength ? PaddedLength : 0);
        if (message.Length < wanted && HasExtensions)
        {
            const int extensionHeader = 4;
            message = Message(padding: Math.Max(0, wanted - message.Length - extensionHeader));
        }

        var record = new WireWriter();
        record.Byte((byte)RecordType.Handshake);
        record.UInt16(RecordVersion);
        record.Vector(2, r => r.Bytes(message));
        return record.ToArray();
    }

    private bool HasExtensions => ServerName is not null || Groups.Count > 0 || SignatureAlgorithms.Count > 0
        || SupportedVersions.Count > 0 || PointFormats || EmptyKeyShare || KeyShares.Count > 0 || FurtherExtensions.Count > 0;

    private byte[] Message(int? padding)
    {
        var writer = new WireWriter();
        writer.Byte((byte)HandshakeType.ClientHello);
        writer.Vector(3, body =>
        {
            body.UInt16(HelloVersion);
            body.Bytes(Random is { } random ? random.Span : RandomNumberGenerator.GetBytes(RandomLength));
            body.Vector(1, w => w.Bytes(SessionId.Span));
            body.Vector(2, w => Numbers(w, Suites));
            body.Vector(1, w => w.Bytes([.. Compressions]));
            if (HasExtensions)
            {
                body.Vector(2, w => Extensions(w, padding));
            }
        });
        return writer.ToArray();
    }

    private void Extensions(WireWriter writer, int? padding)
    {
        if (ServerName is { } name)
        {
            Extension(writer, ExtensionType.ServerName, e => e.Vector(2, list =>
            {
                list.Byte(0);
                list.Vector(2, w => w.Bytes(System.Text.Encoding.ASCII.GetBytes(name)));
            }));
        }

        if (PointFormats)
        {
            Extension(writer, ExtensionType.EcPointFormats, e => e.Vector(1, w => w.Byte(0)));
        }

        Numbers(writer, ExtensionType.SupportedGroups, 2, Groups);
        Numbers(writer, ExtensionType.SignatureAlgorithms, 2, SignatureAlgorithms);
        Numbers(writer, ExtensionType.SupportedVersions, 1, SupportedVersions);
        if (EmptyKeyShare || KeyShares.Count > 0)
        {
            Extension(writer, ExtensionType.KeyShare, e => e.Vector(2, Shares));
        }

        foreach (var (type, content) in FurtherExtensions)
        {
            Extension(writer, (ExtensionType)type, e => e.Bytes(content.Span));
        }

        if (padding is { } zeros)
        {
            Extension(writer, ExtensionType.Padding, e => e.Bytes(new byte[zeros]));
        }
    }

    private void Shares(WireWriter writer)
    {
        foreach (var (group, key) in KeyShares)
        {
            writer.UInt16(group);
            writer.Vector(2, w => w.Bytes(key.Span));
        }
    }

    private static void Numbers(WireWriter writer, ExtensionType type, int lengthBytes, IReadOnlyList<ushort> values)
    {
        if (values.Count > 0)
        {
            Extension(writer, type, e => e.Vector(lengthBytes, w => Numbers(w, values)));
        }
    }

    private static void Numbers(WireWriter writer, IReadOnlyList<ushort> values)
    {
        foreach (var value in values)
        {
            writer.UInt16(value);
        }
    }

    private static void Extension(WireWriter writer, ExtensionType type, Action<WireWriter> content)
    {
        writer.UInt16((ushort)type);
        writer.Vector(2, content);
    }
}
