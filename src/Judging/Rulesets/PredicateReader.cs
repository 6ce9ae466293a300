using System.Text.Json;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>Reads one predicate and holds its fields against the record they name.</summary>
internal sealed class PredicateReader(FaultList faults)
{
    private static readonly (string Word, FieldOperator Operator)[] Operators =
        [.. Enum.GetValues<FieldOperator>().Select(o => (JsonNamingPolicy.CamelCase.ConvertName(o.ToString()), o))];

    private static readonly string[] Forms = ["field", "allOf", "anyOf", "not", "every", "some", "count"];

    /// <param name="value">The YAML of the predicate.</param>
    /// <param name="from">Shape the paths start from; null while the kind of observation is unknown.</param>
    /// <returns>Null where a fault was added.</returns>
    public Predicate? Read(YamlValue value, FieldShape? from)
    {
        if (value is not YamlMapping map)
        {
            faults.Add(value.At, "条件不是“键: 值”的形式", "一个字段加一个运算", "{field: offered, noneOf: [SSLv3]}");
            return null;
        }

        var forms = Forms.Where(f => map[f] is not null).ToList();
        if (forms.Count != 1)
        {
            faults.Add(map.At, forms.Count == 0 ? "条件里没有 field、allOf、anyOf、not、every、some、count" : $"条件里同时有 {string.Join("、", forms)}", "恰好其中之一", "{field: offered, noneOf: [SSLv3]}");
            return null;
        }

        var reader = new MappingReader(map, faults);
        Predicate? predicate = forms[0] switch
        {
            "field" => ReadField(map, reader, from),
            "allOf" => Parts(reader, "allOf", from) is { } all ? new AllOf(all) : null,
            "anyOf" => Parts(reader, "anyOf", from) is { } any ? new AnyOf(any) : null,
            "not" => Read(reader.Take("not")!, from) is { } part ? new Not(part) : null,
            "every" => ReadEvery(reader, from),
            "some" => ReadSome(reader, from),
            _ => ReadCount(reader, from),
        };
        reader.Finish();
        return predicate;
    }

    private List<Predicate>? Parts(MappingReader reader, string key, FieldShape? from)
    {
        var items = reader.Items(key);
        if (items.Count == 0)
        {
            faults.Add(reader.At, $"{key} 里没有条件", "至少一个条件");
            return null;
        }

        var parts = items.Select(i => Read(i, from)).OfType<Predicate>().ToList();
        return parts.Count == items.Count ? parts : null;
    }

    private Every? ReadEvery(MappingReader reader, FieldShape? from)
    {
        var (of, element) = List(reader, "every", from);
        var holds = reader.Take("holds", required: true) is { } inner ? Read(inner, element) : null;
        var allowEmpty = reader.Flag("allowEmpty") ?? false;
        return of is null || holds is null ? null : new Every(of, holds, allowEmpty);
    }

    private Some? ReadSome(MappingReader reader, FieldShape? from)
    {
        var (of, element) = List(reader, "some", from);
        var holds = reader.Take("holds", required: true) is { } inner ? Read(inner, element) : null;
        var allowEmpty = reader.Flag("allowEmpty") ?? false;
        return of is null || holds is null ? null : new Some(of, holds, allowEmpty);
    }

    private Count? ReadCount(MappingReader reader, FieldShape? from)
    {
        var (of, element) = List(reader, "count", from);
        var holds = reader.Take("holds");
        var inner = holds is null ? null : Read(holds, element);
        var least = reader.Integer("atLeast", 0, 1_000_000);
        var most = reader.Integer("atMost", 0, 1_000_000);
        var allowEmpty = reader.Flag("allowEmpty") ?? false;
        if (least is null && most is null)
        {
            faults.Add(reader.At, "count 没有界限", "atLeast 或 atMost", "{count: suites, atLeast: 1}");
            return null;
        }

        return of is null || (holds is not null && inner is null) ? null : new Count(of, inner, least, most, allowEmpty);
    }

    private (string? Path, FieldShape? Element) List(MappingReader reader, string key, FieldShape? from)
    {
        var path = reader.Text(key, required: true);
        if (path is null || Shape(path, from, reader.At) is not { } shape)
        {
            return (from is null ? path : null, null);
        }

        if (!shape.IsList)
        {
            faults.Add(reader.At, $"字段 {path} 不是列表，不能用 {key}", "列表字段");
            return (null, null);
        }

        return (path, shape.Element);
    }

    private FieldTest? ReadField(YamlMapping map, MappingReader reader, FieldShape? from)
    {
        var path = reader.Text("field", required: true);
        var allowEmpty = reader.Flag("allowEmpty") ?? false;
        var used = Operators.Where(o => map[o.Word] is not null).ToList();
        if (used.Count != 1)
        {
            var unknown = map.Entries.Select(e => e.Key).FirstOrDefault(k => k.Text is not ("field" or "allowEmpty") && Operators.All(o => o.Word != k.Text));
            faults.Add((unknown as YamlValue ?? map).At, unknown is null ? "要恰好一个运算" : $"不认识的运算 {unknown.Text}", string.Join("、", Operators.Select(o => o.Word)));
            map.Entries.ToList().ForEach(e => reader.Take(e.Key.Text));
            return null;
        }

        var (word, chosen) = used[0];
        var at = map[word]!;
        _ = reader.Take(word);
        if (path is null || !OperandShape.Check(chosen, at, faults))
        {
            return null;
        }

        var isKnown = from is not null || path.StartsWith(EvaluationScope.CandidatePrefix, StringComparison.Ordinal);
        return !isKnown || (Shape(path, from, reader.At) is { } shape && OperandShape.Fits(chosen, shape, at, path, faults))
            ? new FieldTest(path, chosen, at.ToElement(), allowEmpty)
            : null;
    }

    private FieldShape? Shape(string path, FieldShape? from, SourcePosition at)
    {
        var ofCandidate = path.StartsWith(EvaluationScope.CandidatePrefix, StringComparison.Ordinal);
        var root = ofCandidate ? RecordSchema.CandidateFacts.Root : from;
        if (root is null)
        {
            return null;
        }

        var shape = RecordSchema.Find(root, ofCandidate ? path[EvaluationScope.CandidatePrefix.Length..] : path);
        if (shape is null)
        {
            faults.Add(at, $"观测记录里没有字段 {path}", $"其中之一：{string.Join("、", root.Properties)}");
        }

        return shape;
    }
}
