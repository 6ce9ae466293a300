namespace SmartCity.SecurityCheck.Judging;

/// <summary>An example may leave fields out, never invent them.</summary>
internal static class ExampleShape
{
    /// <summary>Facts of the candidate that an example assumes stand under this key.</summary>
    public const string CandidateKey = "candidate";

    public static void Check(YamlValue example, FieldShape shape, FaultList faults)
    {
        if (example is not YamlMapping map)
        {
            faults.Add(example.At, "例子不是“字段: 值”", "观测记录的样子");
            return;
        }

        foreach (var (key, value) in map.Entries)
        {
            if (key.Text == CandidateKey && shape.Property(CandidateKey) is null)
            {
                Compare(value, RecordSchema.CandidateFacts.Root, faults);
            }
            else if (shape.Property(key.Text) is { } field)
            {
                Compare(value, field, faults);
            }
            else
            {
                faults.Add(key.At, $"观测记录里没有字段 {key.Text}", $"其中之一：{string.Join("、", shape.Properties)}");
            }
        }
    }

    private static void Compare(YamlValue value, FieldShape shape, FaultList faults)
    {
        switch (value)
        {
            case YamlScalar { IsNull: true }:
                break;
            case YamlMapping map when shape.IsRecord && shape.Properties.Count > 0:
                Check(map, shape, faults);
                break;
            case YamlSequence list when shape is { IsList: true, Element: { } element }:
                list.Items.ToList().ForEach(i => Compare(i, element, faults));
                break;
            case YamlScalar when shape.IsList || (shape.IsRecord && !shape.IsText):
            case YamlSequence when !shape.IsList:
            case YamlMapping when !shape.IsRecord:
                faults.Add(value.At, "例子的形状与观测记录不同", shape.IsList ? "列表" : shape.IsRecord ? "映射" : "单个值");
                break;
        }
    }
}
