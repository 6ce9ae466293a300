using System.Security.Cryptography;
using System.Text;

namespace SmartCity.SecurityCheck.Reports.Oscal;

/// <summary>UUIDs of version 5 (RFC 9562 §5.5): the same thing of the same pack has the same id each time.</summary>
internal static class OscalId
{
    /// <summary>Of this format; chosen once.</summary>
    private static readonly byte[] Space = Convert.FromHexString("7d0f3a51c2e84b0f9b3e5a6d1c2f4e80");

    /// <param name="parts">Kind first, then what tells one from another.</param>
    public static string Of(params ReadOnlySpan<string> parts)
    {
#pragma warning disable CA5350 // the standard names SHA-1; nothing is protected by it
        var hash = SHA1.HashData([.. Space, .. Encoding.UTF8.GetBytes(string.Join('\u001f', parts))]);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true).ToString("D");
    }
}
