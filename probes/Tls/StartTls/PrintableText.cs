using System.Text;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Bytes of a server as text that commands no terminal.</summary>
internal static class PrintableText
{
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        foreach (var value in bytes)
        {
            text.Append(value is >= 0x20 and < 0x7F ? (char)value : '.');
        }

        return text.ToString();
    }

    /// <summary>At most <paramref name="most"/> characters.</summary>
    public static string Of(string latin1, int most) => Of(Encoding.Latin1.GetBytes(latin1.Length > most ? latin1[..most] : latin1));
}
