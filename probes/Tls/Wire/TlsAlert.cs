using System.Collections.Frozen;
using System.Runtime.InteropServices;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>An alert message (RFC 8446 §6, GB/T 38636-2020 §6.3.2.2).</summary>
/// <param name="Level">1 warning, 2 fatal; hostile servers send others.</param>
/// <param name="Description">0–255.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TlsAlert(byte Level, byte Description)
{
    public const byte CloseNotify = 0;
    public const byte HandshakeFailure = 40;
    public const byte IllegalParameter = 47;
    public const byte ProtocolVersion = 70;
    public const byte InsufficientSecurity = 71;
    public const byte InternalError = 80;
    public const byte UnrecognizedName = 112;

    private static readonly FrozenDictionary<byte, string> Names = new Dictionary<byte, string>
    {
        [0] = "close_notify",
        [10] = "unexpected_message",
        [20] = "bad_record_mac",
        [21] = "decryption_failed",
        [22] = "record_overflow",
        [30] = "decompression_failure",
        [40] = "handshake_failure",
        [41] = "no_certificate",
        [42] = "bad_certificate",
        [43] = "unsupported_certificate",
        [44] = "certificate_revoked",
        [45] = "certificate_expired",
        [46] = "certificate_unknown",
        [47] = "illegal_parameter",
        [48] = "unknown_ca",
        [49] = "access_denied",
        [50] = "decode_error",
        [51] = "decrypt_error",
        [60] = "export_restriction",
        [70] = "protocol_version",
        [71] = "insufficient_security",
        [80] = "internal_error",
        [86] = "inappropriate_fallback",
        [90] = "user_canceled",
        [100] = "no_renegotiation",
        [109] = "missing_extension",
        [110] = "unsupported_extension",
        [111] = "certificate_unobtainable",
        [112] = "unrecognized_name",
        [113] = "bad_certificate_status_response",
        [115] = "unknown_psk_identity",
        [116] = "certificate_required",
        [120] = "no_application_protocol",
        [200] = "unsupported_site2site",
        [201] = "no_area",
        [202] = "unsupported_areatype",
        [203] = "bad_ibcparam",
        [204] = "unsupported_ibcparam",
        [205] = "identity_need",
    }.ToFrozenDictionary();

    /// <summary>Warnings may precede a ServerHello; close_notify ends the connection whatever its level.</summary>
    public bool EndsConnection => Level != 1 || Description == CloseNotify;

    /// <summary>The registered name, or <c>alert_N</c>.</summary>
    public string Name => Names.TryGetValue(Description, out var name) ? name : $"alert_{Description}";

    public override string ToString() => Name;
}
