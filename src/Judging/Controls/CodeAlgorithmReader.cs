using System.Globalization;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>Reads one algorithm of a table.</summary>
internal sealed class CodeAlgorithmReader(FaultList faults)
{
    private static readonly string[] Primitives = ["block-cipher", "stream-cipher", "hash", "mac", "signature", "pke", "key-agree", "kdf", "drbg", "protocol"];
    private static readonly (string, AlgorithmStanding)[] Standings = [("sm", AlgorithmStanding.Sm), ("foreign", AlgorithmStanding.Foreign), ("weak", AlgorithmStanding.Weak)];
    private static readonly (string Word, StrengthBasis Basis)[] Bases = [("key", StrengthBasis.Key), ("half", StrengthBasis.Half), ("modulus", StrengthBasis.Modulus)];

    public CodeAlgorithm? Read(MappingReader reader)
    {
        var name = reader.Text("name", required: true, cap: 40);
        var standing = reader.Choice("standing", Standings, required: true);
        var primitive = Primitive(reader, required: true);
        var strength = Strength(reader);
        var weakBelow = reader.Integer("weakBelow", 1, 65536);
        var oids = Oids(reader);
        var spellings = reader.Texts("spellings", required: true);
        foreach (var odd in spellings.Where(s => s.Length is 0 or > 40 || !s.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))))
        {
            faults.Add(reader.At, $"写法 {odd} 不对", "小写字母与数字");
        }

        return name is null || standing is null || primitive is null ? null : new CodeAlgorithm(name, standing.Value, primitive, spellings) { Oids = oids, Strength = strength, WeakBelow = weakBelow };
    }

    public static string? Primitive(MappingReader reader, bool required)
    {
        var at = reader.PlaceOf("primitive");
        var word = reader.Text("primitive", required, "primitive: hash", cap: 20);
        if (word is not null && !Primitives.Contains(word, StringComparer.Ordinal))
        {
            reader.Faults.Add(at, $"primitive {word} 不对", $"其中之一：{string.Join("、", Primitives)}");
            return null;
        }

        return word;
    }

    private static AlgorithmStrength? Strength(MappingReader reader)
    {
        var at = reader.PlaceOf("strength");
        if (reader.Text("strength", cap: 10) is not { } word)
        {
            return null;
        }

        if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var bits) && bits is > 0 and <= 1024)
        {
            return new AlgorithmStrength(StrengthBasis.Fixed, bits);
        }

        if (Array.Find(Bases, b => b.Word == word) is { Word: not null } found)
        {
            return new AlgorithmStrength(found.Basis, 0);
        }

        reader.Faults.Add(at, $"strength {word} 不对", $"位数，或其中之一：{string.Join("、", Bases.Select(b => b.Word))}");
        return null;
    }

    private static Dictionary<string, string> Oids(MappingReader reader)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        var at = reader.PlaceOf("oid");
        if (reader.Text("oid", cap: 80) is { } general)
        {
            Add(found, "", general, at, reader.Faults);
        }

        foreach (var (key, value) in RuleDataReader.Entries(reader, "oids"))
        {
            Add(found, key.Text, value is YamlScalar scalar ? scalar.Text : "", value.At, reader.Faults);
        }

        return found;
    }

    private static void Add(Dictionary<string, string> found, string key, string oid, SourcePosition at, FaultList faults)
    {
        var arcs = oid.Split('.');
        if (arcs.Length < 3 || oid.Length > 80 || !arcs.All(a => a.Length > 0 && a.All(char.IsAsciiDigit)) || arcs[0] is not ("0" or "1" or "2"))
        {
            faults.Add(at, $"对象标识符 {oid} 不对", "以点相连的数字，如 1.2.156.10197.1.104");
        }

        found[key] = oid;
    }
}
