using System.Globalization;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>Reads one step of a flow.</summary>
/// <param name="reader">Its keys.</param>
/// <param name="faults">Added to.</param>
/// <param name="folder">Of the flow file.</param>
/// <param name="demand">Told every text that may hold variables.</param>
/// <param name="remember">Told every variable the step gives.</param>
internal sealed class StepReader(MappingReader reader, FaultList faults, string folder, Action<string, SourcePosition> demand, Action<string> remember)
{
    public static IReadOnlyList<string> Keys { get; } =
    [
        "地址", "路径", "字段", "查询", "模板", "文件", "目录", "上传字段", "点击", "文字", "行", "表格", "含", "见到", "每个见到", "等待行出现", "至少行", "无控件",
        "不应见到", "字段应为", "文件不应有", "对照接口", "移交目录", "存储格式", "取表", "取字段", "记住", "保存", "方案", "对照字段", "对应", "比对行数", "用户", "应被拒绝", "弹窗", "证明", "截图", "最长",
    ];

    private const int MostFiles = 200;

    public FlowStep? Read(string id, FlowVerb verb)
    {
        var template = verb == FlowVerb.NewCase && Inside("模板", required: true) is { } file ? FlowTemplate.Read(file, faults, demand) : null;
        var (entries, selections) = (Typed("查询") ?? [], (IReadOnlyList<FlowEntry>)[]);
        var isQuery = entries.Count > 0;
        var fields = (verb == FlowVerb.AskInterface ? Pairs("字段") : Typed("字段")) ?? [];
        var sight = Sight("见到") ?? Sight("每个见到");
        var click = Click(verb) ?? (isQuery ? new FlowElement { Text = "查询", IsButton = true } : template?.Submit);
        if (verb is FlowVerb.Select or FlowVerb.Fill && fields.Count == 0)
        {
            faults.Add(reader.At, $"{verb.Word()} 没有字段", "字段: {标签: 值}", "字段: {题名: 测试办件}");
        }

        if (verb == FlowVerb.Select)
        {
            selections = fields;
        }

        Refuse("css", "没有按 css 找元素的功能；用 文字、行、表格 说");
        var saved = Name("保存");
        var step = new FlowStep
        {
            Id = id, Verb = verb, Line = reader.At.Line,
            Address = Address(), Account = verb == FlowVerb.SwitchUser ? Account() : null,
            Menu = template?.Menu ?? [.. reader.Texts("路径").Select(Whole("路径"))],
            Entries = [.. entries, .. verb is FlowVerb.Select or FlowVerb.AskInterface ? [] : fields, .. template?.Entries ?? []],
            Selections = [.. selections, .. template?.Selections ?? []],
            Files = Files(verb), FileField = Text("上传字段"), Click = click,
            AwaitRow = Row(verb), Sight = sight,
            AtLeastRows = reader.Integer("至少行", 0, 1_000_000), WithoutControls = reader.Texts("无控件"),
            TakeTable = Name("取表") ?? (verb == FlowVerb.TakeTable ? saved : null), TakeFields = Name("取字段") ?? (verb == FlowVerb.TakeFields ? saved : null), Remember = Memories(), Save = saved,
            RowCountOf = FlowReader.Inner(reader, "比对行数", "比对行数: {界面: 总数}") is { } counted ? FlowReader.Finished(counted, c => c.Text("界面", required: true, cap: 100)) : null,
            Unwanted = Contrary.Unwanted(reader, demand), Expected = Pairs("字段应为") ?? [], Forbidden = Contrary.Forbidden(reader),
            MustBeRefused = reader.Flag("应被拒绝") ?? false, AcceptDialogs = reader.Choice("弹窗", [("确定", true), ("取消", false)]) ?? true,
            Picture = reader.Flag("截图") ?? verb == FlowVerb.Picture, Proves = Proofs(), Limit = Limit(),
        };
        return Checked(step with
        {
            Package = verb == FlowVerb.CheckPackage ? new FlowPackage(Inside("文件", mustExist: false, required: true) ?? "", Name("对照字段"), Pairs("对应") ?? []) { Profile = Name("方案"), Interface = Name("对照接口"), TransferList = Name("移交目录"), ChecksFormats = reader.Flag("存储格式") ?? false } : null,
            Interface = verb == FlowVerb.AskInterface && step.Address is not null && step.Save is not null ? new FlowInterface(step.Address, fields, step.Save) : null,
        });
    }

    /// <summary>A path of the system itself; another host would be another system.</summary>
    internal static string? Path(MappingReader reader, string key, FaultList faults)
    {
        var at = reader.PlaceOf(key);
        var path = reader.Text(key, cap: 2048);
        if (path is null || (path.StartsWith('/') && !path.StartsWith("//", StringComparison.Ordinal) && !path.Contains('\\', StringComparison.Ordinal) && !path.Any(char.IsControl)))
        {
            return path;
        }

        faults.Add(at, $"{key} 不对", "以 / 开头的路径", $"{key}: /archive/list");
        return null;
    }

    private FlowStep Checked(FlowStep step)
    {
        var missing = step.Verb switch
        {
            FlowVerb.Open when step is { Address: null, Click: null } => "地址 或 文字",
            FlowVerb.Menu when step.Menu.Count == 0 => "路径",
            FlowVerb.Click or FlowVerb.Download when step.Click is null => "文字 或 点击",
            FlowVerb.AwaitRow when step.AwaitRow is null => "含",
            FlowVerb.See when step.Sight is null => "文字、标题、表格 或 见到",
            FlowVerb.TakeTable when step.TakeTable is null => "保存",
            FlowVerb.TakeFields when step.TakeFields is null => "保存",
            FlowVerb.Remember when step.Remember.Count == 0 => "记住",
            FlowVerb.Download when step.Save is null => "保存",
            FlowVerb.AskInterface when step.Interface is null || step.Interface.Fields.Count == 0 => "地址、字段 和 保存",
            FlowVerb.Upload or FlowVerb.UploadEach when step.Files.Count == 0 => step.Verb == FlowVerb.Upload ? "文件" : "目录",
            _ => null,
        };
        if (missing is not null)
        {
            faults.Add(reader.At, $"{step.Verb.Word()} 没有写{missing}", missing);
        }

        return step;
    }

    private string? Address()
    {
        var at = reader.PlaceOf("地址");
        var address = Path(reader, "地址", faults);
        if (address is not null)
        {
            demand(address, at);
        }

        return address;
    }

    private string? Account()
    {
        var at = reader.PlaceOf("用户");
        var user = Text("用户");
        if (user is not (null or "第二账户" or "第一账户"))
        {
            faults.Add(at, $"没有用户 {user}", "第二账户 或 第一账户");
        }

        return user;
    }

    private void Refuse(string key, string why, MappingReader? from = null)
    {
        var at = (from ?? reader).PlaceOf(key);
        if ((from ?? reader).Peek(key) is not null)
        {
            _ = (from ?? reader).Take(key);
            faults.Add(at, $"{key} 不能用", why);
        }
    }

    private Func<string, string> Whole(string key) => text =>
    {
        demand(text, reader.PlaceOf(key));
        return text;
    };

    private string? Text(string key, MappingReader? from = null)
    {
        var at = (from ?? reader).PlaceOf(key);
        var text = (from ?? reader).Text(key, cap: 500);
        if (text is not null)
        {
            demand(text, at);
        }

        return text;
    }

    private List<FlowEntry>? Pairs(string key) => FlowTemplate.Pairs(reader, key, faults, demand);

    private List<FlowEntry>? Typed(string key) => FlowTemplate.Pairs(reader, key, faults, demand, areTyped: true);

    private FlowElement? Click(FlowVerb verb)
    {
        if (FlowReader.Inner(reader, "点击", "点击: {按钮: 导出}") is { } inner)
        {
            Refuse("css", "没有按 css 找元素的功能；用 文字、行、表格 说", inner);
            return FlowReader.Finished(inner, i => new FlowElement { Text = Text("按钮", i) is { } button ? button : Text("文字", i), IsButton = i.Peek("按钮") is not null, Row = Text("行", i), Table = Text("表格", i) });
        }

        return verb is FlowVerb.Click or FlowVerb.Open or FlowVerb.Download && reader.Peek("文字") is not null
            ? new FlowElement { Text = Text("文字"), IsButton = false, Row = Text("行"), Table = Text("表格") }
            : null;
    }

    private FlowRow? Row(FlowVerb verb)
    {
        if (FlowReader.Inner(reader, "等待行出现", "等待行出现: {表格: 备份记录, 含: 成功}") is { } inner)
        {
            return FlowReader.Finished(inner, i => Text("含", i) is { } contained ? new FlowRow(Text("表格", i), contained) : null);
        }

        return verb == FlowVerb.AwaitRow && Text("含") is { } text ? new FlowRow(Text("表格"), text) : null;
    }

    private FlowSight? Sight(string key)
    {
        if (FlowReader.Inner(reader, key, "见到: {文字: 成功}") is not { } inner)
        {
            return null;
        }

        return FlowReader.Finished(inner, i =>
        {
            var columns = i.Peek("列") is YamlScalar ? (Text("列", i) is { } one ? [one] : []) : i.Texts("列");
            var sight = new FlowSight { Text = Text("文字", i), Heading = Text("标题", i), Table = Text("表格", i), Columns = columns };
            if (sight is { Text: null, Heading: null, Table: null, Columns.Count: 0 })
            {
                faults.Add(i.At, $"{key} 是空的", "文字、标题、表格 或 列", $"{key}: {{文字: 成功}}");
            }

            return sight;
        });
    }

    private List<FlowMemory> Memories()
    {
        List<FlowMemory> found = [];
        if (reader.Take("记住") is not { } value)
        {
            return found;
        }

        foreach (var (name, what) in value is YamlMapping map ? map.Entries : [])
        {
            if (what is YamlMapping place && name.Text.Length <= 40 && name.Text.All(c => char.IsLetterOrDigit(c) || c == '_'))
            {
                var inner = new MappingReader(place, faults);
                var column = Text("列", inner) is { } c ? c : Text("字段", inner);
                found.Add(new FlowMemory(name.Text, column ?? "?", Text("行", inner)));
                if (column is null)
                {
                    faults.Add(inner.At, "没有说记住什么", "列 或 字段", "记住: {办件号: {列: 办件编号, 行: 1}}");
                }

                inner.Finish();
                remember(name.Text);
            }
            else
            {
                faults.Add(name.At, $"记住 的 {name.Text} 不对", "名称（文字、数字、_）和 {列, 行}", "记住: {办件号: {列: 办件编号, 行: 1}}");
            }
        }

        return found;
    }

    private List<string> Proofs()
    {
        var at = reader.PlaceOf("证明");
        List<string> said = reader.Peek("证明") is YamlScalar ? reader.Text("证明", cap: 40) is { } one ? [one] : [] : [.. reader.Texts("证明")];
        foreach (var unknown in said.Where(p => !FlowVerbs.Functions.Contains(p, StringComparer.Ordinal)))
        {
            faults.Add(at, $"没有功能 {unknown}", "F-01 到 F-12、B-01 到 B-04", "证明: F-01");
        }

        return said;
    }

    private TimeSpan Limit()
    {
        var at = reader.PlaceOf("最长");
        var text = reader.Text("最长", cap: 10);
        if (text is null)
        {
            return TimeSpan.FromSeconds(10);
        }

        var minutes = text.EndsWith('m');
        if (int.TryParse(text.TrimEnd('s', 'm', '秒'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number * (minutes ? 60 : 1) is >= 1 and <= 1800 and var seconds)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        faults.Add(at, "最长 不对", "1s 到 30m", "最长: 120s");
        return TimeSpan.FromSeconds(10);
    }

    private string? Name(string key)
    {
        var at = reader.PlaceOf(key);
        var name = reader.Text(key, cap: 100);
        if (name is null || (name.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.') && name[0] != '.'))
        {
            return name;
        }

        faults.Add(at, $"{key} 不是文件名", "文字、数字、-、_ 和 .，不带目录", $"{key}: pkg.zip");
        return null;
    }

    private IReadOnlyList<string> Files(FlowVerb verb)
    {
        if (verb == FlowVerb.Upload)
        {
            return Inside("文件", required: true) is { } one ? [one] : [];
        }

        if (verb != FlowVerb.UploadEach || Inside("目录", required: true) is not { } directory)
        {
            return [];
        }

        return Directory.Exists(directory) ? [.. Directory.EnumerateFiles(directory).Order(StringComparer.Ordinal).Take(MostFiles)] : [];
    }

    private string? Inside(string key, bool mustExist = true, bool required = false)
    {
        var at = reader.PlaceOf(key);
        if (reader.Text(key, required, cap: 500) is not { } text)
        {
            return null;
        }

        if (!mustExist)
        {
            return text;
        }

        var full = System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, text));
        if (full.StartsWith(folder + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal) && System.IO.Path.Exists(full))
        {
            return full;
        }

        faults.Add(at, $"{key} {text} 不在流程文件旁边", "流程文件所在目录里的文件或目录");
        return null;
    }
}
