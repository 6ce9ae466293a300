using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>Reads where foreign input enters a program and whose answers are foreign, out of a table of flows.</summary>
internal sealed class CodeEntryReader
{
    private const int MostEntries = 1_000;
    private const int NamesCap = 4_000;

    private readonly FlowWords? _words;

    public CodeEntryReader(MappingReader head, FlowWords? words)
    {
        _words = words;
        Entries = head.Each("entries", Entry);
        Answers = head.Each("answers", Answer);
        Inputs = head.Each("inputs", Input);
        OwnTypes = Names(head, "ownTypes", star: Star.Behind);
        OwnAnnotations = Names(head, "ownAnnotations");
        if (Entries.Count + Answers.Count > MostEntries)
        {
            head.Faults.Add(head.At, $"入口与应答多于 {MostEntries} 条", $"至多 {MostEntries} 条");
        }
    }

    public IReadOnlyList<CodeEntry> Entries { get; }

    public IReadOnlyList<CodeAnswer> Answers { get; }

    public IReadOnlyList<CodeInput> Inputs { get; }

    public IReadOnlyList<string> OwnTypes { get; }

    public IReadOnlyList<string> OwnAnnotations { get; }

    private enum Star
    {
        None,
        Before,
        Behind,
    }

    private static CodeEntry? Entry(MappingReader reader)
    {
        var kind = reader.Text("kind", required: true, "kind: 请求参数", cap: 40);
        var entry = new CodeEntry
        {
            Kind = kind ?? string.Empty,
            Trust = reader.Choice("trust", FlowTableReader.Trusts) ?? FlowTrust.Remote,
            Annotated = Names(reader, "annotated"),
            IsAbove = reader.Flag("above") ?? false,
            OnType = Names(reader, "onType"),
            Below = Names(reader, "below", Star.Before),
            Named = FlowTableReader.Words(reader, "named"),
            IsPublic = reader.Flag("public") ?? false,
            IsStatic = reader.Flag("static") ?? false,
            Takes = FlowTableReader.Words(reader, "takes"),
            Parameters = Names(reader, "parameters", word: "none"),
            Fields = Names(reader, "fields", word: "setters"),
            Hands = Names(reader, "hands"),
            Bad = FlowTableReader.Examples(reader, "bad"),
            Good = FlowTableReader.Examples(reader, "good"),
        };
        if (entry.Annotated.Count + entry.OnType.Count + entry.Below.Count + entry.Named.Count == 0)
        {
            reader.Faults.Add(reader.At, "入口没有写条件", "annotated、onType、below、named 里至少写一项", "annotated: a.b.GetMapping");
        }
        else if (entry.IsAbove && entry.Annotated.Count == 0)
        {
            reader.Faults.Add(reader.PlaceOf("above"), "above 只与 annotated 同用", "annotated 里写注解的全名", "annotated: a.b.GetMapping");
        }

        return kind is null ? null : entry;
    }

    private static CodeAnswer? Answer(MappingReader reader)
    {
        var kind = reader.Text("kind", required: true, "kind: 其他服务的应答", cap: 40);
        var answer = new CodeAnswer
        {
            Kind = kind ?? string.Empty,
            Trust = reader.Choice("trust", FlowTableReader.Trusts) ?? FlowTrust.Stored,
            Annotated = Names(reader, "annotated"),
            OnType = Names(reader, "onType"),
            Below = Names(reader, "below", Star.Before),
            IsStatement = reader.Flag("statement") ?? false,
            Bad = FlowTableReader.Examples(reader, "bad"),
            Good = FlowTableReader.Examples(reader, "good"),
        };
        if (answer.Annotated.Count + answer.OnType.Count + answer.Below.Count == 0 && !answer.IsStatement)
        {
            reader.Faults.Add(reader.At, "应答没有写条件", "annotated、onType、below、statement 里至少写一项", "onType: a.b.FeignClient");
        }

        return kind is null ? null : answer;
    }

    private CodeInput? Input(MappingReader reader)
    {
        var (annotated, kind, cleans, isSegment) = (Names(reader, "annotated"), reader.Text("kind", cap: 40), FlowTableReader.Words(reader, "cleans"), reader.Flag("segment") ?? false);
        _words?.Use(cleans, reader.PlaceOf("cleans"));
        if (annotated.Length > 0 && (kind is not null || cleans.Length > 0 || isSegment))
        {
            return new CodeInput(annotated, kind, cleans, isSegment, FlowDoubtReader.Form(reader));
        }

        reader.Faults.Add(reader.At, "没有写哪些参数或有什么不同", "annotated 里写注解的全名，kind、cleans、segment 至少写一项", "annotated: a.b.HeaderParam");
        return null;
    }

    /// <summary>Full names with dots, so that a name that matches nothing stands out.</summary>
    /// <param name="reader">Of the row.</param>
    /// <param name="key">Of the list.</param>
    /// <param name="star">Where one may stand for any letters.</param>
    /// <param name="word">May stand in place of names.</param>
    private static string[] Names(MappingReader reader, string key, Star star = Star.None, string? word = null)
    {
        var found = reader.Text(key, cap: NamesCap) is { } text ? text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) : [];
        foreach (var name in found)
        {
            var bare = star == Star.Before ? name.TrimStart('*') : star == Star.Behind ? name.TrimEnd('*') : name;
            if (name != word && (bare.Length < 3 || !(bare.Contains('.', StringComparison.Ordinal) || bare.Length < name.Length) || !bare.All(c => char.IsLetterOrDigit(c) || c is '.' or '_' or '$')))
            {
                reader.Faults.Add(reader.PlaceOf(key), $"{key} 里的名称不对", word is null ? "带包名的全名，用空格分开" : $"带包名的全名，用空格分开，或 {word}", $"{key}: a.b.Name");
                break;
            }
        }

        return found;
    }
}
