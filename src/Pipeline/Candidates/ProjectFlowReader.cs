using System.Globalization;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>Reads <c>flows:</c>: sources, sinks, sanitizers and entries of a project's own Java.</summary>
public static class ProjectFlowReader
{
    private const int MostOfEach = 200;
    private const int MostCalls = 20;
    private const int MostExamples = 50;
    private const int ExampleCap = 8_000;

    /// <summary>Of the arguments of a method, counted from 0.</summary>
    internal const int LastPlace = 20;

    private static readonly string[] Naming = ["sinks weakness", "sanitizers cleans", "sanitizers guards"];

    /// <summary>A file of its own with <c>flows:</c> and, for <c>rules verify</c>, <c>examples:</c>.</summary>
    /// <param name="path">As the user named it.</param>
    /// <param name="tables">Of the rules; every weakness that is named has to be theirs.</param>
    /// <exception cref="InputFaultException">The file cannot be read or has mistakes.</exception>
    public static (ProjectFlows Flows, IReadOnlyList<ProjectFlowExample> Examples) Read(string path, IReadOnlyList<FlowTable> tables)
    {
        var faults = new FaultList();
        var map = YamlText.ReadMappingFile(path);
        var head = new MappingReader(map, faults);
        var flows = Read(head, required: true);
        var examples = head.Each("examples", Example);
        head.Finish();
        TooMany(head, "examples", examples.Count, MostExamples);
        Check(map["flows"], tables, faults);
        Known(examples.Where(e => e.Finds is not null).Select(e => (e.Finds!, SourcePosition.Of(e.Place))), Words(tables), faults);
        faults.ThrowIfAny();
        return (flows, examples);
    }

    /// <param name="holder">Has the key <c>flows</c>, or not.</param>
    internal static ProjectFlows Read(MappingReader holder, bool required = false)
    {
        switch (holder.Take("flows", required, "项目自己的数据流规则", "flows: {sinks: [{type: com.example.SqlRunner, call: run, at: 0, weakness: sql}]}"))
        {
            case null:
                return ProjectFlows.None;
            case YamlMapping map:
                var reader = new MappingReader(map, holder.Faults);
                var flows = Flows(reader);
                reader.Finish();
                return flows;
            case { } other:
                holder.Faults.Add(other.At, "flows 不是“键: 值”", "sources、sinks、sanitizers、entries 各一个列表", "flows: {entries: [{annotation: com.example.OpenApi, kind: 开放接口}]}");
                return ProjectFlows.None;
        }
    }

    /// <summary>Weaknesses that only the rules can show to be none, and methods that are theirs to speak of.</summary>
    /// <param name="flows">The node, or null.</param>
    /// <param name="tables">Of the rules.</param>
    /// <param name="faults">Added to.</param>
    internal static void Check(YamlValue? flows, IReadOnlyList<FlowTable> tables, FaultList faults)
    {
        if (flows is not YamlMapping map)
        {
            return;
        }

        var named = Naming.Select(n => n.Split(' ')).SelectMany(n => ((map[n[0]] as YamlSequence)?.Items ?? []).OfType<YamlMapping>().Select(m => m[n[1]]))
            .OfType<YamlScalar>().SelectMany(s => s.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => (w, s.At)));
        Known(named.Where(n => n.w != "*"), Words(tables), faults);
        var told = tables.SelectMany(t => t.Types).SelectMany(t => t.Methods.SelectMany(m => m.Names).Select(n => (t.Name, n))).ToHashSet();
        foreach (var item in new[] { "sources", "sinks" }.SelectMany(k => ((map[k] as YamlSequence)?.Items ?? []).OfType<YamlMapping>()))
        {
            var (type, calls) = ((item["type"] as YamlScalar)?.Text ?? "", item["call"] as YamlScalar);
            foreach (var call in (calls?.Text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(c => told.Contains((type, c))))
            {
                faults.Add(calls!.At, $"规则表已经说明了 {type}.{call}", "项目自己的方法；规则表里的说明不能由项目改");
            }
        }

        var entries = tables.SelectMany(t => t.Entries).SelectMany(e => e.Annotated.Concat(e.OnType)).ToHashSet(StringComparer.Ordinal);
        foreach (var annotation in ((map["entries"] as YamlSequence)?.Items ?? []).OfType<YamlMapping>().Select(m => m["annotation"]).OfType<YamlScalar>())
        {
            // The tables write all of them as they were called first.
            if (entries.Contains(annotation.Text.StartsWith("jakarta.", StringComparison.Ordinal) ? $"javax.{annotation.Text["jakarta.".Length..]}" : annotation.Text))
            {
                faults.Add(annotation.At, $"规则表已经说明了 {annotation.Text}", "项目自己的注解；规则表里的说明不能由项目改");
            }
        }
    }

    private static List<string> Words(IReadOnlyList<FlowTable> tables) => [.. tables.SelectMany(t => t.Weaknesses).SelectMany(w => new[] { w.Id, w.Rule })];

    private static void Known(IEnumerable<(string Word, SourcePosition At)> named, List<string> known, FaultList faults)
    {
        foreach (var (word, at) in named.Where(n => !known.Contains(n.Word, StringComparer.Ordinal)))
        {
            faults.Add(at, $"没有缺陷 {(word.Length <= 40 ? word : word[..40])}", known.Count == 0 ? "规则目录里没有数据流规则表" : $"{MappingReader.Nearest(known, word)}（最接近的；全部见 securitycheck rules list --code）");
        }
    }

    private static ProjectFlows Flows(MappingReader reader)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var flows = new ProjectFlows
        {
            Sources = reader.Each("sources", r => Source(r, seen), example: "sources: [{type: com.example.Envelope, call: body, kind: 网关报文}]"),
            Sinks = reader.Each("sinks", r => Sink(r, seen), example: "sinks: [{type: com.example.SqlRunner, call: run, at: 0, weakness: sql}]"),
            Sanitizers = reader.Each("sanitizers", r => Sanitizer(r, seen), example: "sanitizers: [{type: com.example.Safe, call: html, cleans: xss, reason: 为什么可信, author: 谁负责, until: 2026-12-31}]"),
            Entries = reader.Each("entries", Entry, example: "entries: [{annotation: com.example.OpenApi, kind: 开放接口}]"),
        };
        foreach (var (key, count) in new[] { ("sources", flows.Sources.Count), ("sinks", flows.Sinks.Count), ("sanitizers", flows.Sanitizers.Count), ("entries", flows.Entries.Count) })
        {
            TooMany(reader, key, count, MostOfEach);
        }

        return flows;
    }

    private static void TooMany(MappingReader reader, string key, int count, int most)
    {
        if (count > most)
        {
            reader.Faults.Add(reader.PlaceOf(key), $"{key} 多于 {most} 项", $"至多 {most} 项");
        }
    }

    private static ProjectSource? Source(MappingReader reader, HashSet<string> seen)
    {
        var (type, calls) = Method(reader, seen);
        var kind = reader.Text("kind", required: true, "kind: 网关报文", cap: 40);
        return type is null || calls is null || kind is null ? null : new ProjectSource(type, calls, kind);
    }

    private static ProjectSink? Sink(MappingReader reader, HashSet<string> seen)
    {
        var (type, calls) = Method(reader, seen);
        var at = new List<int>();
        foreach (var word in reader.Text("at", example: "at: 0", cap: 60)?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            if (int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var place) && place is >= -1 and <= LastPlace)
            {
                at.Add(place);
            }
            else
            {
                reader.Faults.Add(reader.PlaceOf("at"), "参数位置不对", $"-1（调用者本身）到 {LastPlace} 的整数，用空格分开", "at: 0");
            }
        }

        var weakness = reader.Text("weakness", required: true, "weakness: sql", cap: 40);
        if (weakness?.Contains(' ', StringComparison.Ordinal) == true)
        {
            reader.Faults.Add(reader.PlaceOf("weakness"), "weakness 不止一种", "一种缺陷；几种各写一项", "weakness: sql");
        }

        return type is null || calls is null || weakness is null ? null : new ProjectSink(type, calls, at, weakness);
    }

    private static ProjectSanitizer? Sanitizer(MappingReader reader, HashSet<string> seen)
    {
        var (type, calls) = Method(reader, seen);
        var (cleans, guards) = (Named(reader, "cleans"), Named(reader, "guards"));
        var at = reader.Integer("at", 0, LastPlace) ?? 0;
        var reason = reader.Text("reason", required: true, "reason: 为什么经过它的值不再危险", cap: 400);
        var author = reader.Text("author", required: true, "author: 谁负责这条声明", cap: 100);
        var until = reader.Date("until", required: true);
        if (cleans.Length == 0 == (guards.Length == 0))
        {
            reader.Faults.Add(reader.At, "看不出净化什么", "或者 cleans（返回值对这些缺陷不再危险），或者 guards（返回 true 时参数对这些缺陷不再危险），只写一个", "cleans: sql");
        }

        return type is null || calls is null || reason is null || author is null || until is null
            ? null
            : new ProjectSanitizer { Type = type, Calls = calls, Cleans = cleans, Guards = guards, At = at, Reason = reason, Author = author, Until = until.Value, Place = $"{Path.GetFileName(reader.At.File)}({reader.At.Line},{reader.At.Column})" };
    }

    /// <summary>All weaknesses at once would be a word nobody can defend.</summary>
    private static string[] Named(MappingReader reader, string key)
    {
        var words = reader.Text(key, example: $"{key}: sql xss", cap: 200)?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (words.Contains("*", StringComparer.Ordinal))
        {
            reader.Faults.Add(reader.PlaceOf(key), $"{key} 不能是 *", "逐个写出对哪些缺陷净化", $"{key}: sql");
        }

        return words;
    }

    private static ProjectEntry? Entry(MappingReader reader)
    {
        var (annotation, kind) = (Name(reader, "annotation", "annotation: com.example.OpenApi"), reader.Text("kind", example: "kind: 开放接口", cap: 40) ?? "请求参数");
        return annotation is null ? null : new ProjectEntry(annotation, kind);
    }

    private static ProjectFlowExample? Example(MappingReader reader)
    {
        var (bad, good) = (reader.Text("bad", cap: ExampleCap), reader.Text("good", cap: ExampleCap));
        var finds = reader.Text("finds", example: "finds: sql", cap: 40);
        if (bad is null == good is null || (bad is null) != (finds is null))
        {
            reader.Faults.Add(reader.At, "样例不对", "bad（要找到，另写 finds）或 good（不该找到），只写一个", "{finds: sql, bad: \"class A { … }\"}");
            return null;
        }

        return new ProjectFlowExample(bad ?? good!, finds, reader.At.ToString());
    }

    private static (string? Type, string[]? Calls) Method(MappingReader reader, HashSet<string> seen)
    {
        var type = Name(reader, "type", "type: com.example.SqlRunner");
        var calls = reader.Text("call", required: true, "call: run", cap: 400)?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (calls is not null && (calls.Length > MostCalls || !Array.TrueForAll(calls, c => IsName(c) && !c.Contains('.', StringComparison.Ordinal))))
        {
            reader.Faults.Add(reader.PlaceOf("call"), "call 不对", $"方法名，至多 {MostCalls} 个，用空格分开；构造器写 new", "call: run");
            return (type, null);
        }

        foreach (var call in (calls ?? []).Where(c => type is not null && !seen.Add($"{type}.{c}")))
        {
            reader.Faults.Add(reader.PlaceOf("call"), $"{type}.{call} 写了不止一次", "一个方法只作一种声明");
        }

        return (type, calls);
    }

    private static string? Name(MappingReader reader, string key, string example)
    {
        if (reader.Text(key, required: true, example, cap: 200) is not { } name)
        {
            return null;
        }

        if (IsName(name))
        {
            return name;
        }

        reader.Faults.Add(reader.PlaceOf(key), $"{key} 不是 Java 的名称", "带包名的全名，不带括号与泛型", example);
        return null;
    }

    private static bool IsName(string text) =>
        Array.TrueForAll(text.Split('.'), p => p.Length > 0 && (char.IsLetter(p[0]) || p[0] is '_' or '$') && p.All(c => char.IsLetterOrDigit(c) || c is '_' or '$'));
}
