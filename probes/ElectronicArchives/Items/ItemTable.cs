using System.Globalization;
using System.Text;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>All items as a text for people; nothing of it is a verdict.</summary>
public static class ItemTable
{
    /// <summary>The 40 items in their order.</summary>
    public static IReadOnlyList<ItemComparison> Rows(ArchivePackageRecord record) => record.Items;

    /// <summary>Every item with what was compared, and where it differs.</summary>
    public static string Of(ArchivePackageRecord record)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{EnumWords.Say(record.Stage)}环节，规范 {record.Profile}，方案 {record.Scheme ?? "无"}：信息包 {record.Packages} 个，文件 {record.Files} 个，{record.Bytes} 字节\n");
        foreach (var item in record.Items.Concat(record.EepChecks))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{item.Id} {item.Title}：{State(item)}\n  {item.Left} 对 {item.Right}\n");
            item.Differences.ToList().ForEach(d => text.Append("  出入 ").Append(d.Note).Append('\n'));
            item.Open.ToList().ForEach(o => text.Append("  没有比对 ").Append(o).Append('\n'));
            item.Remarks.ToList().ForEach(r => text.Append("  提示 ").Append(r).Append('\n'));
        }

        record.Problems.ToList().ForEach(p => text.Append("\n问题 ").Append(p));
        return text.Append('\n').ToString();
    }

    /// <summary>In a few words.</summary>
    public static string State(ItemComparison item) => item.IsOfStage is { IsKnown: true, Value: false } ? "本环节没有"
        : item.DifferenceCount > 0 ? string.Create(CultureInfo.InvariantCulture, $"出入 {item.DifferenceCount} 处（比 {item.Comparisons} 次）")
        : item.Agrees is { IsKnown: true, Value: true } ? string.Create(CultureInfo.InvariantCulture, $"一致（比 {item.Comparisons} 次）{(item.Remarks.Count > 0 ? "，有提示" : "")}")
        : item.Comparisons == 0 ? "没有比对" : string.Create(CultureInfo.InvariantCulture, $"没有比全（比 {item.Comparisons} 次，无出入）");
}
