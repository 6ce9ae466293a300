using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>Whether entries of AllowUsers and AllowGroups keep anybody out.</summary>
internal static class SshdAccess
{
    private const int LeastBits4 = 8;
    private const int LeastBits6 = 16;

    /// <summary>The entry names a source, or several between commas, and less than a large part of the world.</summary>
    /// <param name="entry">USER@HOST.</param>
    public static bool LimitsSource(string entry) => entry.LastIndexOf('@') is >= 0 and var at && Array.FindAll(entry[(at + 1)..].Split(','), h => !h.StartsWith('!')) is { Length: > 0 } hosts && Array.TrueForAll(hosts, IsLimited);

    /// <summary>The entry names somebody, or a source.</summary>
    /// <param name="entry">USER, USER@HOST or a group.</param>
    public static bool LimitsAnything(string entry) => entry.Split('@')[0].Any(c => c is not ('*' or '?')) || LimitsSource(entry);

    private static bool IsLimited(string host)
    {
        if (host.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash)
        {
            return IPAddress.TryParse(host[..slash], out var network) && int.TryParse(host.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var bits)
                && bits >= (network.AddressFamily == AddressFamily.InterNetwork ? LeastBits4 : LeastBits6);
        }

        var wild = host.AsSpan().IndexOfAny('*', '?');
        if (wild < 0)
        {
            return host.Length > 0;
        }

        // 10.* and 2001:db8:* begin with a whole part; *.example.cn ends with two.
        var behind = host[(host.AsSpan().LastIndexOfAny('*', '?') + 1)..];
        var begins = host[..wild];
        return (begins.Contains('.', StringComparison.Ordinal) && begins.Split('.')[0] is { Length: > 0 and <= 3 } octet && octet.All(char.IsAsciiDigit))
            || begins.Count(c => c == ':') >= 2
            || (behind.StartsWith('.') && behind[1..].Split('.') is { Length: >= 2 } labels && Array.TrueForAll(labels, l => l.Length > 0) && behind.Any(char.IsAsciiLetter));
    }
}
