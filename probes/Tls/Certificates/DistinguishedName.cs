using System.Collections.Frozen;
using System.Formats.Asn1;
using System.Text;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Writes a Name (RFC 5280 §4.1.2.4) as RFC 4514 does: most specific part first, special characters escaped.</summary>
internal static class DistinguishedName
{
    private const int LongestValue = 256;
    private const int LongestName = 2048;

    private static readonly FrozenDictionary<string, string> Keywords = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["2.5.4.3"] = "CN",
        ["2.5.4.5"] = "SERIALNUMBER",
        ["2.5.4.6"] = "C",
        ["2.5.4.7"] = "L",
        ["2.5.4.8"] = "ST",
        ["2.5.4.9"] = "STREET",
        ["2.5.4.10"] = "O",
        ["2.5.4.11"] = "OU",
        ["2.5.4.97"] = "organizationIdentifier",
        ["1.2.840.113549.1.9.1"] = "emailAddress",
        ["0.9.2342.19200300.100.1.1"] = "UID",
        ["0.9.2342.19200300.100.1.25"] = "DC",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <exception cref="AsnContentException">Not a Name.</exception>
    public static string Format(ReadOnlyMemory<byte> name)
    {
        var parts = new List<string>();
        for (var sequence = new AsnReader(name, AsnEncodingRules.DER).ReadSequence(); sequence.HasData;)
        {
            parts.Add(FormatPart(sequence.ReadSetOf(skipSortOrderValidation: true)));
        }

        parts.Reverse();
        return Cut(string.Join(',', parts), LongestName);
    }

    private static string FormatPart(AsnReader set)
    {
        var pairs = new List<string>();
        while (set.HasData)
        {
            var pair = set.ReadSequence();
            var oid = pair.ReadObjectIdentifier();
            pairs.Add($"{(Keywords.TryGetValue(oid, out var word) ? word : oid)}={Escape(ReadValue(pair))}");
        }

        return string.Join('+', pairs);
    }

    private static string ReadValue(AsnReader pair)
    {
        var tag = pair.PeekTag();
        var kind = (UniversalTagNumber)tag.TagValue;
        if (tag.TagClass == TagClass.Universal && kind is UniversalTagNumber.UTF8String or UniversalTagNumber.PrintableString
            or UniversalTagNumber.IA5String or UniversalTagNumber.T61String or UniversalTagNumber.BMPString or UniversalTagNumber.NumericString)
        {
            return Cut(pair.ReadCharacterString(kind), LongestValue);
        }

        return Cut("#" + Convert.ToHexStringLower(pair.ReadEncodedValue().Span), LongestValue);
    }

    private static string Escape(string value)
    {
        var escaped = new StringBuilder();
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (char.IsControl(c))
            {
                escaped.Append($"\\{(int)c & 0xFF:X2}");
                continue;
            }

            var atEdge = (i == 0 && c is ' ' or '#') || (i == value.Length - 1 && c == ' ');
            escaped.Append(atEdge || c is ',' or '+' or '"' or '\\' or '<' or '>' or ';' or '=' ? $"\\{c}" : $"{c}");
        }

        return escaped.ToString();
    }

    private static string Cut(string text, int longest) => text.Length <= longest ? text : text[..longest] + "…";
}
