namespace SmartCity.SecurityCheck.Demo;

/// <summary>四性检测 · the rows of one run; one row per item, the first difference decides.</summary>
internal sealed class DetectionTable
{
    private static readonly (string Item, string Name)[] Names =
    [
        ("GD-1-1", "固化信息有效性检测"), ("GD-1-2", "元数据项数据长度检测"), ("GD-1-3", "元数据项数据类型、格式检测"), ("GD-1-4", "设定值域的元数据项值域符合度检测"), ("GD-1-5", "元数据项数据值合理性检测"),
        ("GD-1-6", "元数据项数据包含特殊字符检测"), ("GD-1-7", "档号规范性检测"), ("GD-1-8", "元数据项数据重复性检测"), ("GD-1-9", "内容数据大小一致性检测"), ("GD-1-10", "内容数据的电子属性一致性检测"),
        ("GD-1-11", "元数据是否关联内容数据检测"), ("GD-1-12", "说明文件和目录文件规范性检测"), ("GD-1-13", "信息包目录结构规范性检测"), ("GD-1-14", "信息包一致性检测"), ("GD-2-1", "总件数相符性检测"), ("GD-2-2", "总字节数相符性检测"),
        ("GD-2-3", "元数据项完整性检测"), ("GD-2-4", "元数据必填著录项目检测"), ("GD-2-5", "过程信息完整性检测"), ("GD-2-8", "附件数据完整性检测"), ("GD-2-9", "归档范围检测"), ("GD-2-10", "信息包元数据完整性检测"), ("GD-2-11", "信息包内容数据完整性检测"),
        ("GD-3-1", "信息包中元数据的可读性检测"), ("GD-3-3", "内容数据格式检测"), ("GD-3-4", "内容数据的可读性检测"), ("GD-3-6", "内容数据软硬件环境检测"), ("GD-3-8", "信息包中包含的内容数据格式合规性检测"),
        ("GD-4-2", "病毒感染检测"), ("GD-4-3", "载体中多余文件检测"),
    ];

    private readonly Dictionary<string, (int Compared, string? Wrong)> _found = new(StringComparer.Ordinal);

    /// <summary>What the careless system answers, whatever it is given.</summary>
    public static IReadOnlyList<DetectionRow> AlwaysGreen { get; } = [.. Names.Select(n => new DetectionRow(n.Item, $"{n.Item} {n.Name}", "通过", "符合要求"))];

    public IReadOnlyList<DetectionRow> Rows =>
    [
        .. Names.Select(n => !_found.TryGetValue(n.Item, out var f) ? new DetectionRow(n.Item, $"{n.Item} {n.Name}", "未检测", "没有可比的依据")
            : f.Wrong is { } wrong ? new DetectionRow(n.Item, $"{n.Item} {n.Name}", "不通过", wrong) : new DetectionRow(n.Item, $"{n.Item} {n.Name}", "通过", $"比较 {f.Compared} 处，一致")),
    ];

    /// <param name="item">As 1-1.</param>
    /// <param name="isRight">What the comparison gave.</param>
    /// <param name="told">Both values.</param>
    public void Compare(string item, bool isRight, string told)
    {
        var (compared, wrong) = _found.GetValueOrDefault("GD-" + item);
        _found["GD-" + item] = (compared + 1, wrong ?? (isRight ? null : told));
    }
}
