using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>Reads a metadata scheme: one of the rules, or one that a candidate brings.</summary>
public sealed class MetadataSchemeReader(FaultList faults)
{
    private static readonly (string, ElementPresence)[] Presences = [("必备", ElementPresence.Mandatory), ("条件", ElementPresence.Conditional), ("可选", ElementPresence.Optional)];

    private static readonly (string, ValueForm)[] Forms =
    [
        ("text", ValueForm.Text), ("date", ValueForm.Date), ("moment", ValueForm.Moment), ("year", ValueForm.Year), ("integer", ValueForm.Integer),
        ("credit-code", ValueForm.CreditCode), ("region-code", ValueForm.RegionCode), ("identity-number", ValueForm.IdentityNumber), ("base64", ValueForm.Base64),
    ];

    /// <returns>Null where the file has faults.</returns>
    public MetadataScheme? Read(string shownAs, byte[] bytes)
    {
        var before = faults.Faults.Count;
        if (MappingReader.Open(shownAs, bytes, faults) is not { } head)
        {
            return null;
        }

        var file = RuleDataReader.Head(head, "scheme", shownAs, bytes);
        var elements = head.Each("elements", Element, required: true, "elements: [{name: title, title: 题名, presence: 必备}]");
        var ordered = Ordered(head);
        var years = head.Each("years", r => r.Text("year", required: true) is { } year && r.Text("of", required: true) is { } of ? new YearOf(year, of) : null);
        var unique = head.Texts("unique");
        var number = RecordNumber(head);
        var serial = head.Text("serial");
        head.Finish();
        RuleDataReader.RefuseDoubles(head, elements.Select(e => e.Name), "元数据项");
        var scheme = file is null ? null : new MetadataScheme { File = file, Elements = elements, Ordered = ordered, Years = years, Unique = unique, RecordNumber = number, Serial = serial };
        if (scheme is not null)
        {
            RefuseUnknown(head, scheme);
        }

        return faults.Faults.Count > before ? null : scheme;
    }

    private SchemeElement? Element(MappingReader reader)
    {
        var name = reader.Text("name", required: true, "name: title", cap: 100);
        var title = reader.Text("title", required: true, "title: 题名", cap: 100);
        var presence = reader.Choice("presence", Presences) ?? ElementPresence.Optional;
        var when = When(reader);
        if (presence == ElementPresence.Conditional != when is not null)
        {
            faults.Add(reader.At, $"元数据项 {name} 的 presence 与 when 不配", "presence: 条件 时写 when，其余不写", "when: {element: card_type, values: [居民身份证]}");
        }

        var element = new SchemeElement(name ?? "?", title ?? "?")
        {
            Number = reader.Text("number", cap: 10),
            OtherNames = reader.Texts("names"),
            Presence = presence,
            When = when,
            Shortest = reader.Integer("shortest", 0, 1_000_000),
            Longest = reader.Integer("longest", 1, 1_000_000),
            Form = reader.Choice("form", Forms) ?? ValueForm.Text,
            Values = reader.Texts("values"),
            Least = RuleDataReader.Number(reader, "least", -1_000_000_000, 1_000_000_000),
        };
        return name is null || title is null ? null : element;
    }

    private ElementCondition? When(MappingReader reader)
    {
        if (reader.Take("when") is not { } value)
        {
            return null;
        }

        if (value is not YamlMapping map)
        {
            faults.Add(value.At, "when 不是“键: 值”", "映射", "when: {element: card_type, values: [居民身份证]}");
            return null;
        }

        var inside = new MappingReader(map, faults);
        var element = inside.Text("element", required: true, "element: card_type", cap: 100);
        var values = inside.Texts("values");
        inside.Finish();
        return element is null ? null : new ElementCondition(element, values);
    }

    private List<IReadOnlyList<string>> Ordered(MappingReader head)
    {
        var found = new List<IReadOnlyList<string>>();
        foreach (var item in head.Items("ordered"))
        {
            if (item is YamlSequence { Items: { Count: > 1 } inner } && inner.All(i => i is YamlScalar))
            {
                found.Add([.. inner.Cast<YamlScalar>().Select(s => s.Text)]);
            }
            else
            {
                faults.Add(item.At, "ordered 的这一项不对", "至少两个元数据项的列表", "ordered: [[receive_time, transact_time]]");
            }
        }

        return found;
    }

    private RecordNumberForm? RecordNumber(MappingReader head)
    {
        const string example = "recordNumber: {element: archival_code, pattern: \"(?<fonds_identifier>[A-Z][0-9]{3})-(?<year>[0-9]{4})-[0-9]{4}\"}";
        if (head.Take("recordNumber", example: example) is not { } value)
        {
            return null;
        }

        if (value is not YamlMapping map)
        {
            faults.Add(value.At, "recordNumber 不是“键: 值”", "映射", example);
            return null;
        }

        var inside = new MappingReader(map, faults);
        var element = inside.Text("element", required: true, cap: 100);
        var at = inside.PlaceOf("pattern");
        var pattern = inside.Text("pattern", required: true, cap: 500);
        inside.Finish();
        try
        {
            _ = new Regex($"^(?:{pattern})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception bad) when (bad is ArgumentException or NotSupportedException)
        {
            faults.Add(at, "pattern 不是可用的正则表达式", "不含回溯引用与断言的正则表达式", example);
            return null;
        }

        return element is null || pattern is null ? null : new RecordNumberForm(element, pattern);
    }

    private void RefuseUnknown(MappingReader head, MetadataScheme scheme)
    {
        string[] named =
        [
            .. scheme.Ordered.SelectMany(o => o), .. scheme.Years.SelectMany(y => new[] { y.Year, y.Of }), .. scheme.Unique, .. scheme.Elements.Select(e => e.When?.Element).OfType<string>(),
            .. scheme.RecordNumber is { } number ? [number.Element] : Array.Empty<string>(), .. scheme.Serial is { } serial ? [serial] : Array.Empty<string>(),
        ];
        foreach (var unknown in named.Where(n => scheme.Find(n) is null).Distinct(StringComparer.Ordinal))
        {
            faults.Add(head.At, $"方案里没有元数据项 {unknown}", "elements 里的名称");
        }
    }
}
