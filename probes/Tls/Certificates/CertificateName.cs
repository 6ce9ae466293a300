using System.Net;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Does a certificate carry the name it was asked for? (RFC 9525 §6; the common name is not looked at.)</summary>
internal static class CertificateName
{
    /// <param name="alternatives">As in <see cref="PresentedCertificate.SubjectAlternativeNames"/>; null matches nothing.</param>
    /// <param name="reference">A-label host name or IP literal.</param>
    public static bool Matches(IReadOnlyList<string>? alternatives, string reference)
    {
        if (alternatives is null)
        {
            return false;
        }

        return IPAddress.TryParse(reference, out var address)
            ? alternatives.Contains($"IP:{address}", StringComparer.OrdinalIgnoreCase)
            : alternatives.Where(a => a.StartsWith("DNS:", StringComparison.Ordinal)).Any(a => MatchesHost(a[4..].TrimEnd('.'), reference));
    }

    /// <summary>A wildcard is the whole leftmost label and stands for exactly one label (RFC 9525 §6.3).</summary>
    private static bool MatchesHost(string pattern, string reference)
    {
        if (!pattern.StartsWith("*.", StringComparison.Ordinal))
        {
            return pattern.Length > 0 && string.Equals(pattern, reference, StringComparison.OrdinalIgnoreCase);
        }

        var dot = reference.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && string.Equals(pattern[1..], reference[dot..], StringComparison.OrdinalIgnoreCase);
    }
}
