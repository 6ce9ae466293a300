using System.Collections.Frozen;
using System.Formats.Asn1;
using System.Text;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>A Name (RFC 5280 §4.1.2.4), for reading, for showing and for comparing.</summary>
public sealed class DistinguishedName
{
    private const int LongestValue = 256;
    private const int LongestName = 2048;

    private static readonly FrozenDictionary<string, string> Keywords = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["2.5.4.3"] = "CN",
        ["2.5.4.4"] = "SN",
        ["2.5.4.5"] = "SERIALNUMBER",
        ["2.5.4.6"] = "C",
        ["2.5.4.7"] = "L",
        ["2.5.4.8"] = "ST",
        ["2.5.4.9"] = "STREET",
        ["2.5.4.10"] = "O",
        ["2.5.4.11"] = "OU",
        ["2.5.4.12"] = "T",
        ["2.5.4.42"] = "GN",
        ["2.5.4.97"] = "organizationIdentifier",
        ["1.2.840.113549.1.9.1"] = "emailAddress",
        ["0.9.2342.19200300.100.1.1"] = "UID",
        ["0.9.2342.19200300.100.1.25"] = "DC",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly string[] _comparable;

    private DistinguishedName(ReadOnlyMemory<byte> der, string text, string[] comparable, IReadOnlyList<string> oddities)
    {
        Der = der;
        Text = text;
        _comparable = comparable;
        Oddities = oddities;
    }

    public ReadOnlyMemory<byte> Der { get; }

    /// <summary>RFC 4514 string: most specific part first, special characters escaped; hexadecimal digits behind # where it is no Name.</summary>
    public string Text { get; }

    public bool IsEmpty => _comparable.Length == 0;

    /// <summary>Where the encoding is not what it promises; for people.</summary>
    public IReadOnlyList<string> Oddities { get; }

    /// <param name="name">DER that <see cref="DerGuard"/> admitted.</param>
    public static DistinguishedName Read(ReadOnlyMemory<byte> name)
    {
        var parts = new List<string>();
        var comparable = new List<string>();
        var oddities = new List<string>();
        try
        {
            for (var sequence = new AsnReader(name, AsnEncodingRules.DER).ReadSequence(); sequence.HasData;)
            {
                var pairs = ReadPart(sequence.ReadSetOf(skipSortOrderValidation: true), oddities);
                parts.Add(string.Join('+', pairs.Select(p => $"{Keywords.GetValueOrDefault(p.Oid, p.Oid)}={Escape(Cut(p.Value, LongestValue))}")));
                comparable.Add(string.Join('\u0001', pairs.Select(p => $"{p.Oid}={Fold(p.Value)}").Order(StringComparer.Ordinal)));
            }
        }
        catch (AsnContentException)
        {
            var hex = Convert.ToHexStringLower(name.Span);
            return new DistinguishedName(name, Cut("#" + hex, LongestValue), ["#" + hex], ["名称结构不符合 X.501"]);
        }

        parts.Reverse();
        return new DistinguishedName(name, Cut(string.Join(',', parts), LongestName), [.. comparable], [.. oddities.Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>The same name (RFC 5280 §7.1): string types, letter case and runs of blanks do not count.</summary>
    public bool Matches(DistinguishedName other) => Der.Span.SequenceEqual(other.Der.Span) || _comparable.AsSpan().SequenceEqual(other._comparable);

    /// <summary>Begins with all parts of <paramref name="ancestor"/> (RFC 5280 §4.2.1.10, directoryName).</summary>
    public bool IsWithin(DistinguishedName ancestor) => _comparable.AsSpan().StartsWith(ancestor._comparable);

    public override string ToString() => Text;

    private static List<(string Oid, string Value)> ReadPart(AsnReader set, List<string> oddities)
    {
        var pairs = new List<(string, string)>();
        while (set.HasData)
        {
            var pair = set.ReadSequence();
            pairs.Add((pair.ReadObjectIdentifier(), ReadValue(pair, oddities)));
        }

        return pairs;
    }

    private static string ReadValue(AsnReader pair, List<string> oddities)
    {
        var tag = pair.PeekTag();
        var encoded = pair.ReadEncodedValue();
        if (tag.TagClass != TagClass.Universal || tag.IsConstructed || tag.TagValue is not (12 or (>= 18 and <= 22) or (>= 25 and <= 30)))
        {
            return "#" + Convert.ToHexStringLower(encoded.Span);
        }

        AsnDecoder.ReadEncodedValue(encoded.Span, AsnEncodingRules.DER, out var offset, out var length, out _);
        var text = NameText.Decode(tag.TagValue, encoded.Span.Slice(offset, length), out var oddity);
        if (oddity is not null)
        {
            oddities.Add(oddity);
        }

        return text;
    }

    private static string Fold(string value) =>
        string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToLowerInvariant();

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
