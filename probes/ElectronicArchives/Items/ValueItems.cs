using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Items 1-2 to 1-8: values of metadata against the scheme and against each other.</summary>
internal static class ValueItems
{
    private const string NoScheme = "没有元数据方案";

    public static ItemTally Lengths(BatchReading batch) => OverValues(batch, "元数据值的字符数", "方案规定的最短与最长", (tally, element, value, place) =>
    {
        if (element.Form != ValueForm.Text || (element.Shortest is null && element.Longest is null))
        {
            return;
        }

        var length = value.EnumerateRunes().Count();
        var expected = $"{element.Shortest ?? 0}–{element.Longest?.ToString(CultureInfo.InvariantCulture) ?? "不限"} 个字符";
        tally.Compare(length >= (element.Shortest ?? 0) && length <= (element.Longest ?? int.MaxValue), place, string.Create(CultureInfo.InvariantCulture, $"{length} 个字符"), expected);
    });

    public static ItemTally Forms(BatchReading batch) => OverValues(batch, "元数据值的写法", "方案规定的类型与格式", (tally, element, value, place) =>
    {
        if (element.Form != ValueForm.Text)
        {
            tally.Compare(ValueForms.Accepts(element.Form, value), place, value, ValueForms.Say(element.Form));
        }
    });

    public static ItemTally Domains(BatchReading batch) => OverValues(batch, "元数据值", "方案规定的值域", (tally, element, value, place) =>
    {
        if (element.Values.Count > 0)
        {
            tally.Compare(element.Values.Any(v => NameForms.AreSame(v, value)), place, value, string.Join("、", element.Values));
        }
    });

    public static ItemTally Characters(BatchReading batch)
    {
        var tally = new ItemTally("元数据值的字符", "可以归档的字符（没有控制字符、替换字符、私用区与未定义字符，首尾没有空白）");
        batch.NoteUnread(tally);
        foreach (var (_, record) in batch.Records)
        {
            foreach (var value in record.Values)
            {
                var odd = OddCharacter(value.Value);
                tally.Compare(odd is null, Place(record, value), value.Value, odd ?? "", $"{ItemTally.Shown(value.Value)} 里有 {odd}");
            }
        }

        return tally;
    }

    public static ItemTally Plausibility(BatchReading batch)
    {
        var tally = new ItemTally("元数据值", "方案规定的先后、年份与下限，以及检测时刻");
        if (!Begins(batch, tally))
        {
            return tally;
        }

        foreach (var (_, record) in batch.Records)
        {
            Once(batch, tally, record);
            foreach (var order in batch.Scheme!.Ordered)
            {
                Order(batch, tally, record, order);
            }

            foreach (var rule in batch.Scheme.Years)
            {
                Year(batch.Scheme, tally, record, rule);
            }

            foreach (var element in batch.Scheme.Elements.Where(e => e.Least is not null))
            {
                foreach (var value in record.All(element))
                {
                    if (!decimal.TryParse(value.Value.Trim(), NumberStyles.Number, CultureInfo.InvariantCulture, out var number))
                    {
                        tally.CouldNot($"{Place(record, value)}：{ItemTally.Shown(value.Value)} 不是数，下限没有比");
                        continue;
                    }

                    tally.Compare(number >= element.Least, Place(record, value), value.Value, string.Create(CultureInfo.InvariantCulture, $"不小于 {element.Least}"));
                }
            }
        }

        return tally;
    }

    public static ItemTally RecordNumbers(BatchReading batch)
    {
        var tally = new ItemTally("档号及其各段", "方案规定的档号写法，以及同名元数据项的值");
        if (!Begins(batch, tally))
        {
            return tally;
        }

        if (batch.Scheme!.RecordNumber is not { } form)
        {
            tally.CouldNot("方案没有规定档号的写法");
            return tally;
        }

        var expression = new Regex($"^(?:{form.Pattern})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        foreach (var (_, record) in batch.Records)
        {
            if (record.First(batch.Scheme.Find(form.Element)) is not { Value: var written } value || Clean(written).Length == 0)
            {
                tally.CouldNot($"{record.Place}：没有档号的值");
                continue;
            }

            var match = expression.Match(Clean(written));
            tally.Compare(match.Success, Place(record, value), written, form.Pattern, $"{ItemTally.Shown(written)}，不合写法 {form.Pattern}");
            foreach (var group in expression.GetGroupNames().Where(g => match.Success && !char.IsAsciiDigit(g[0])))
            {
                if (record.First(batch.Scheme.Find(group)) is { } part && Clean(part.Value).Length > 0)
                {
                    tally.Compare(match.Groups[group].Value == Clean(part.Value), $"{record.Place} 档号的 {group} 段", match.Groups[group].Value, part.Value);
                }
            }
        }

        return tally;
    }

    public static ItemTally Duplicates(BatchReading batch)
    {
        var tally = new ItemTally("应唯一的元数据项的值", "同批其他件的同名值（不含目标库）");
        if (!Begins(batch, tally))
        {
            return tally;
        }

        if (batch.Records.Count() < 2)
        {
            tally.CouldNot("只有一件，没有可以比对重复的其他件；目标库没有连接");
            return tally;
        }

        foreach (var element in batch.Scheme!.Unique.Select(batch.Scheme.Find).OfType<SchemeElement>())
        {
            foreach (var group in batch.Records.SelectMany(r => r.Record.All(element).Select(v => (r.Record, Text: Clean(v.Value)))).Where(v => v.Text.Length > 0).GroupBy(v => v.Text, StringComparer.Ordinal))
            {
                tally.Compare(group.Count() == 1, $"{element.Title} {group.Key}", string.Create(CultureInfo.InvariantCulture, $"{group.Count()} 件"), "1 件", $"出现在 {string.Join("、", group.Take(5).Select(g => g.Record.Place))}");
            }
        }

        return tally;
    }

    /// <summary>As people would read it: without what item 1-6 speaks of.</summary>
    internal static string Clean(string value) => string.Concat(value.Where(c => !char.IsControl(c))).Trim();

    /// <summary>A code, a date, a number or a key that is written twice and differently is one of which nobody knows what holds; each of the two may be fine by itself.</summary>
    private static void Once(BatchReading batch, ItemTally tally, MetadataRecord record)
    {
        if (batch.Profile.Form != PackageForm.Files)
        {
            return;
        }

        foreach (var element in batch.Scheme!.Elements.Where(e => e.Values.Count > 0 || e.Form != ValueForm.Text || e.Least is not null || batch.Scheme.Unique.Contains(e.Name, StringComparer.Ordinal)))
        {
            var written = record.All(element).Select(v => v.Value.Trim()).Where(v => v.Length > 0).Distinct(StringComparer.Ordinal).ToList();
            if (written.Count > 1)
            {
                tally.CouldNot($"{record.Place} {element.Title}：写了 {written.Count} 个不同的值（{string.Join("、", written.Take(3).Select(w => ItemTally.Shown(w)))}），以哪个为准没有写明");
            }
        }
    }

    private static void Order(BatchReading batch, ItemTally tally, MetadataRecord record, IReadOnlyList<string> order)
    {
        (string Title, string Text, DateTime Time)? before = null;
        foreach (var element in order.Select(batch.Scheme!.Find).OfType<SchemeElement>())
        {
            if (record.First(element) is not { } value || Clean(value.Value).Length == 0)
            {
                tally.CouldNot($"{record.Place}：没有 {element.Title} 的值，先后没有比");
                continue;
            }

            if (ValueForms.Moment(Clean(value.Value)) is not { } time)
            {
                tally.CouldNot($"{Place(record, value)}：{ItemTally.Shown(value.Value)} 不是时间，先后没有比");
                continue;
            }

            if (before is { } earlier)
            {
                tally.Compare(earlier.Time <= time, $"{record.Place} {earlier.Title} 与 {element.Title}", earlier.Text, value.Value, $"{earlier.Title} {earlier.Text} 晚于 {element.Title} {ItemTally.Shown(value.Value)}");
            }

            before = (element.Title, value.Value, time);
        }

        if (before is { } last)
        {
            tally.Compare(last.Time <= batch.Now.AddDays(1), $"{record.Place} {last.Title}", last.Text, string.Create(CultureInfo.InvariantCulture, $"不晚于检测时刻 {batch.Now:yyyy-MM-dd}"));
        }
    }

    private static void Year(MetadataScheme scheme, ItemTally tally, MetadataRecord record, YearOf rule)
    {
        if (record.First(scheme.Find(rule.Year)) is not { } year || record.First(scheme.Find(rule.Of)) is not { } of)
        {
            tally.CouldNot($"{record.Place}：没有 {rule.Year} 或 {rule.Of} 的值，年度没有比");
        }
        else if (ValueForms.Moment(Clean(of.Value)) is not { } date)
        {
            tally.CouldNot($"{Place(record, of)}：{ItemTally.Shown(of.Value)} 不是时间，年度没有比");
        }
        else
        {
            tally.Compare(Clean(year.Value) == date.Year.ToString(CultureInfo.InvariantCulture), Place(record, year), year.Value, $"{scheme.Find(rule.Of)!.Title} {of.Value}");
        }
    }

    private static ItemTally OverValues(BatchReading batch, string left, string right, Action<ItemTally, SchemeElement, string, string> compare)
    {
        var tally = new ItemTally(left, right);
        if (!Begins(batch, tally))
        {
            return tally;
        }

        foreach (var (_, record) in batch.Records)
        {
            foreach (var value in record.Values)
            {
                if (batch.Scheme!.Find(value.Name) is { } element && Clean(value.Value) is { Length: > 0 } text)
                {
                    compare(tally, element, text, $"{record.Place} {element.Title}");
                }
            }
        }

        return tally;
    }

    private static bool Begins(BatchReading batch, ItemTally tally)
    {
        batch.NoteUnread(tally);
        if (batch.Scheme is null)
        {
            tally.CouldNot(NoScheme);
        }

        return batch.Scheme is not null;
    }

    private static string Place(MetadataRecord record, NamedValue value) => $"{record.Place} {value.Name}";

    private static string? OddCharacter(string value)
    {
        if (value.Length > 0 && (char.IsWhiteSpace(value[0]) || char.IsWhiteSpace(value[^1])))
        {
            return "首尾的空白";
        }

        for (var i = 0; i < value.Length; i++)
        {
            if (!Rune.TryGetRuneAt(value, i, out var rune))
            {
                return "不成对的代理项";
            }

            var category = Rune.GetUnicodeCategory(rune);
            if (rune.Value == 0xFFFD || category is UnicodeCategory.Control or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate)
            {
                return string.Create(CultureInfo.InvariantCulture, $"U+{rune.Value:X4}（{(rune.Value == 0xFFFD ? "替换字符" : category switch { UnicodeCategory.Control => "控制字符", UnicodeCategory.PrivateUse => "私用区字符", _ => "未定义的字符" })}）");
            }

            i += rune.Utf16SequenceLength - 1;
        }

        return null;
    }
}
