using System.Globalization;
using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Items 2-3 to 2-6: elements, mandatory values, steps of the process, running numbers.</summary>
internal static partial class ElementItems
{
    private static readonly string[] Placeholders = ["无", "/", "-", "—", "null", "NULL", "Null", "none", "N/A", "测试", "test", "待补", "待定", "undefined", "空", "xxx", "XXX"];

    public static ItemTally Presence(BatchReading batch)
    {
        var tally = new ItemTally("元数据文件里的元素", "方案规定必备的元素（含条件必备）");
        Each(batch, tally, (record, element, needed) =>
        {
            if (needed)
            {
                tally.Compare(record.All(element).Any(), $"{record.Place} {element.Title}", "没有", element.Presence == ElementPresence.Conditional ? "条件必备" : "必备");
            }
        });
        return tally;
    }

    public static ItemTally Mandatory(BatchReading batch)
    {
        var tally = new ItemTally("必备元素的值", "不空，也不是占位的写法");
        Each(batch, tally, (record, element, needed) =>
        {
            foreach (var value in record.All(element).Where(_ => needed))
            {
                var text = ValueItems.Clean(value.Value);
                tally.Compare(text.Length > 0 && !Placeholders.Contains(text, StringComparer.Ordinal), $"{record.Place} {element.Title}", value.Value, "有意义的值");
            }
        });
        return tally;
    }

    public static ItemTally Process(BatchReading batch)
    {
        var tally = new ItemTally("办理环节的记录", "规定的环节、先后与经办人");
        batch.NoteUnread(tally);
        if (batch.Profile.Process is not { } process)
        {
            tally.CouldNot("信息包规范没有规定办理环节");
            return tally;
        }

        foreach (var package in batch.Packages.Where(p => p.Records.Count > 0))
        {
            if (package.Steps is null)
            {
                tally.CouldNot($"{package.Name}：没有办理环节的记录");
                continue;
            }

            Steps(tally, package.Name, process, package.Steps);
        }

        return tally;
    }

    public static ItemTally Serials(BatchReading batch)
    {
        var tally = new ItemTally("流水号", "同批前一件的流水号加一");
        batch.NoteUnread(tally);
        if (batch.Scheme?.Serial is not { } name || batch.Scheme.Find(name) is not { } element)
        {
            tally.CouldNot(batch.Scheme is null ? "没有元数据方案" : "方案没有规定连续的元数据项");
            return tally;
        }

        // A package whose metadata could not be read is still in the list, and its number is no gap.
        var listed = batch.Packages.Where(p => p.Records.Count == 0).Select(p => batch.Transfer?.EntryOf(p)).OfType<TransferEntry>().SelectMany(e => e.Values).Where(v => element.IsCalled(v.Name));
        var isWhole = batch.Packages.All(p => p.Records.Count > 0 || batch.Transfer?.EntryOf(p) is not null);
        var numbers = batch.Records.Select(r => r.Record.First(element)).OfType<NamedValue>().Concat(listed).Select(v => LastDigits().Match(ValueItems.Clean(v.Value))).Where(m => m.Success)
            .Select(m => (Prefix: m.Groups["prefix"].Value, Number: long.Parse(m.Groups["number"].Value, CultureInfo.InvariantCulture))).GroupBy(n => n.Prefix, StringComparer.Ordinal).ToList();
        foreach (var group in numbers)
        {
            var sorted = group.Select(g => g.Number).Distinct().Order().ToList();
            for (var i = 1; i < sorted.Count; i++)
            {
                if (sorted[i] != sorted[i - 1] + 1 && !isWhole)
                {
                    tally.CouldNot($"{element.Title} {group.Key}{sorted[i - 1]} 之后可能是没有读出的件");
                    continue;
                }

                tally.Compare(sorted[i] == sorted[i - 1] + 1, $"{element.Title} {group.Key}", string.Create(CultureInfo.InvariantCulture, $"{sorted[i - 1]} 之后是 {sorted[i]}"), string.Create(CultureInfo.InvariantCulture, $"{sorted[i - 1] + 1}"));
            }
        }

        if (tally.Comparisons == 0)
        {
            tally.CouldNot(numbers.Count == 0 ? $"没有 {element.Title} 的值" : "同一序列只有一件，没有可以比的前一件");
        }

        return tally;
    }

    private static void Steps(ItemTally tally, string package, ProcessListing process, List<ProcessRecord> steps)
    {
        foreach (var step in process.Required)
        {
            tally.Compare(steps.Exists(s => s.Code == step.Code), $"{package} 环节 {step.Title}", "没有记录", $"有环节 {step.Code}");
        }

        (string Title, string Text, DateTime Time)? before = null;
        foreach (var step in process.Required)
        {
            if (steps.Find(s => s.Code == step.Code) is not { } record)
            {
                continue;
            }

            tally.Compare(record.Actor is { Length: > 0 }, $"{package} 环节 {step.Title}", "没有经办人", "有经办人");
            if (ValueForms.Moment(record.Time ?? "") is not { } time)
            {
                tally.Differ($"{package} 环节 {step.Title}", record.Time ?? "", "有时间");
                continue;
            }

            if (before is { } earlier)
            {
                tally.Compare(earlier.Time <= time, $"{package} 环节 {earlier.Title} 与 {step.Title}", earlier.Text, record.Time!);
            }

            before = (step.Title, record.Time!, time);
        }
    }

    private static void Each(BatchReading batch, ItemTally tally, Action<MetadataRecord, SchemeElement, bool> compare)
    {
        batch.NoteUnread(tally);
        if (batch.Scheme is not { } scheme)
        {
            tally.CouldNot("没有元数据方案");
            return;
        }

        foreach (var (_, record) in batch.Records)
        {
            foreach (var element in scheme.Elements)
            {
                compare(record, element, IsNeeded(scheme, record, element));
            }
        }
    }

    private static bool IsNeeded(MetadataScheme scheme, MetadataRecord record, SchemeElement element) => element.Presence switch
    {
        ElementPresence.Mandatory => true,
        ElementPresence.Conditional => record.First(scheme.Find(element.When!.Element)) is { } other && ValueItems.Clean(other.Value) is { Length: > 0 } text
            && (element.When.Values.Count == 0 || element.When.Values.Contains(text, StringComparer.Ordinal)),
        _ => false,
    };

    [GeneratedRegex("^(?<prefix>.*?)(?<number>[0-9]{1,18})$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LastDigits();
}
