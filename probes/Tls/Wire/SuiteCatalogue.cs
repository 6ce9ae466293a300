using System.Net.Security;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Which suites a port is asked for, and in which order a hello carries them.</summary>
internal static class SuiteCatalogue
{
    /// <summary>TLS_FALLBACK_SCSV (RFC 7507).</summary>
    private const ushort FallbackScsv = 0x5600;

    /// <summary>
    /// Every number for SSL 3.0 to TLS 1.2. Common ones stand last and weakest first among themselves: a server that picks by its own
    /// order, as most do, then shows with its first answer that it read the list to the end and that ours does not move it. Behind them
    /// stand only numbers nobody selects.
    /// </summary>
    public static IReadOnlyList<ushort> Classic { get; } = [.. ClassicNumbers(), .. CipherSuites.Common.Reverse(), .. UnlistedSuites.Withdrawn];

    /// <summary>Numbers at the end of <see cref="Classic"/> whose reading is not proven by an answer.</summary>
    public static int Unread => UnlistedSuites.Withdrawn.Count;

    /// <summary>TLS 1.3: RFC 8446, RFC 8998, AEGIS, integrity only (RFC 9150).</summary>
    public static IReadOnlyList<ushort> Tls13 { get; } = [0xC0B4, 0xC0B5, 0x00C7, 0x1305, 0x1304, 0x1306, 0x1307, 0x1303, 0x1301, 0x1302, 0x00C6];

    /// <summary>TLCP and its predecessor, the private numbers, and TLS 1.3's SM suites; one hello holds them.</summary>
    public static IReadOnlyList<ushort> Tlcp { get; } =
        [.. UnlistedSuites.Private, .. CipherSuites.TlcpLegacy, .. CipherSuites.Tlcp.Reverse(), 0x00C6, 0x00C7];

    /// <summary>What a TLCP stack that also speaks TLS might take over.</summary>
    public static IReadOnlyList<ushort> TlcpForeign { get; } = [.. CipherSuites.Common.Where(s => s < 0xE000).Reverse()];

    private static IEnumerable<ushort> ClassicNumbers()
    {
        var later = CipherSuites.Common.Concat(UnlistedSuites.Withdrawn).ToHashSet();
        var numbers = Enum.GetValues<TlsCipherSuite>().Select(s => (ushort)s)
            .Concat(UnlistedSuites.Names.Keys)
            .Concat(UnlistedSuites.Private)
            .Where(s => !IsTls13(s) && s is not (CipherSuites.RenegotiationInfoScsv or FallbackScsv) && !later.Contains(s));
        return numbers.Distinct().OrderBy(s => CipherSuites.Rare.Contains(s)).ThenByDescending(s => s);
    }

    private static bool IsTls13(ushort suite) => suite >> 8 == 0x13;
}
