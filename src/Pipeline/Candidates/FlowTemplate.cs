using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>办件模板 · where a case is made, what is filled in, and with what it is handed in.</summary>
internal sealed record FlowTemplate(IReadOnlyList<string> Menu, IReadOnlyList<FlowEntry> Entries, IReadOnlyList<FlowEntry> Selections, FlowElement? Submit)
{
    public static FlowTemplate? Read(string path, FaultList faults, Action<string, SourcePosition> demand)
    {
        try
        {
            var reader = new MappingReader(YamlText.ReadMappingFile(path), faults);
            var menu = reader.Texts("路径");
            var (entries, selections) = (Pairs(reader, "字段", faults, demand, areTyped: true) ?? [], Pairs(reader, "选择", faults, demand, areTyped: true) ?? []);
            var submit = reader.Text("提交", required: true, "提交: 保存", cap: 50);
            reader.Finish();
            return new FlowTemplate(menu, entries, selections, submit is null ? null : new FlowElement { Text = submit, IsButton = true });
        }
        catch (InputFaultException broken)
        {
            faults.Add(broken);
            return null;
        }
    }

    /// <summary>Labels and values; null where the key is absent. What is typed under the label of a password is one variable.</summary>
    public static List<FlowEntry>? Pairs(MappingReader reader, string key, FaultList faults, Action<string, SourcePosition> demand, bool areTyped = false)
    {
        switch (reader.Take(key))
        {
            case null:
                return null;
            case YamlMapping map:
                List<FlowEntry> found = [];
                foreach (var (label, value) in map.Entries)
                {
                    if (areTyped && FlowLogin.IsSecretLabel(label.Text) && value is YamlScalar clear && !FlowVariables.IsOne(clear.Text))
                    {
                        faults.Add(value.At, $"{label.Text} 里写了明文", "环境变量 ${名称}");
                    }
                    else if (value is YamlScalar { Text.Length: <= 4000 } scalar)
                    {
                        demand(scalar.Text, scalar.At);
                        found.Add(new FlowEntry(label.Text, scalar.Text));
                    }
                    else
                    {
                        faults.Add(value.At, $"{label.Text} 的值不是文字", "文字；含 ${…} 的值要加引号");
                    }
                }

                return found;
            case { } other:
                faults.Add(other.At, $"{key} 不是“标签: 值”", "映射", $"{key}: {{题名: 测试办件}}");
                return null;
        }
    }
}
