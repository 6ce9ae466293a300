namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>A protocol version as two bytes on the wire, and its name in observations.</summary>
/// <param name="Wire">client_version and server_version: 0x0300 SSL 3.0 (RFC 6101) … 0x0304 TLS 1.3 (RFC 8446), 0x0101 TLCP 1.1 (GB/T 38636-2020).</param>
/// <param name="Name">What rules call it, such as <c>TLSv1.2</c>.</param>
internal sealed record ProtocolVersion(ushort Wire, string Name)
{
    public static ProtocolVersion Ssl3 { get; } = new(0x0300, "SSLv3");

    public static ProtocolVersion Tls10 { get; } = new(0x0301, "TLSv1.0");

    public static ProtocolVersion Tls11 { get; } = new(0x0302, "TLSv1.1");

    public static ProtocolVersion Tls12 { get; } = new(0x0303, "TLSv1.2");

    public static ProtocolVersion Tls13 { get; } = new(0x0304, "TLSv1.3");

    public static ProtocolVersion Tlcp11 { get; } = new(0x0101, "TLCPv1.1");

    /// <summary>Every version this tool asks for, in the order of reports.</summary>
    public static IReadOnlyList<ProtocolVersion> All { get; } = [Ssl3, Tls10, Tls11, Tls12, Tls13, Tlcp11];

    /// <summary>The name of a version a server selected, known to this tool or not.</summary>
    public static string NameOf(ushort wire) => All.FirstOrDefault(v => v.Wire == wire)?.Name ?? $"0x{wire:X4}";

    public override string ToString() => Name;
}
