using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace SmartCity.SecurityCheck.Judging.Tests;

/// <summary>Random records with flags, numbers, texts, instants, lists and nested records; fields may be absent (null), missing or of another type.</summary>
internal static class SomeData
{
    private static readonly Gen<string> Flags = Gen.Elements("true", "false");
    private static readonly Gen<string> Numbers = Gen.Elements("0", "1", "2", "3.5", "-1", "1e40");
    private static readonly Gen<string> Texts = Gen.Elements("\"a\"", "\"b\"", "\"c\"", "\"\"", "\"1.2.3\"", "\"3.0\"", "\"NaN\"");
    private static readonly Gen<string> Instants = Gen.Elements("\"2025-12-31\"", "\"2026-06-20T00:00:00+08:00\"", "\"2029-01-01\"", "\"later\"");
    private static readonly Gen<string> Words = ListOf(Gen.Frequency((5, Gen.Elements("\"a\"", "\"b\"", "\"c\"")), (1, Gen.Elements("1", "null", "true"))));

    public static Gen<JsonElement> Any { get; } = Record(("flag", Flags), ("size", Numbers), ("name", Texts), ("until", Instants), ("words", Words), ("deep", Deep(2)), ("rows", Rows(1)))
        .Select(Sample.Json);

    private static Gen<string> Deep(int depth) => depth == 0
        ? Record(("size", Numbers))
        : Record(("size", Numbers), ("words", Words), ("rows", Rows(depth - 1)));

    private static Gen<string> Rows(int depth) =>
        ListOf(Gen.Frequency((6, Record(("flag", Flags), ("size", Numbers), ("inner", Words), ("deep", Deep(depth)))), (1, Texts), (1, Gen.Constant("null"))));

    private static Gen<string> ListOf(Gen<string> element) => Gen.Choose(0, 3).SelectMany(n => Gen.ArrayOf(element, n)).Select(e => $"[{string.Join(',', e)}]");

    /// <summary>Each field: mostly as said, sometimes null, another type, or left out.</summary>
    private static Gen<string> Record(params (string Name, Gen<string> Value)[] fields) =>
        Gen.CollectToArray(fields, f => Gen.Frequency(
                (12, f.Value.Select(v => $"\"{f.Name}\":{v}")),
                (1, Gen.Constant($"\"{f.Name}\":null")),
                (1, Gen.OneOf(Flags, Numbers, Texts).Select(v => $"\"{f.Name}\":{v}")),
                (1, Gen.Constant(""))))
            .Select(f => $"{{{string.Join(',', f.Where(p => p.Length > 0))}}}");
}
