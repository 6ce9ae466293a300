using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>
/// Reads a flow: what is done in the pages of a system, in Chinese verbs. Contacts nothing. Values of the environment are named as
/// <c>${X}</c> or <c>$X</c>, those of earlier steps as well; passwords stand in no flow file.
/// </summary>
public sealed class FlowReader
{
    private const int MostSteps = 500;
    private const string LoginExample = "login: {用户: \"${ARCH_USER}\", 密码: \"${ARCH_PASS}\", 成功标志: {文字: 退出}}";

    private readonly FaultList _faults;
    private readonly string _folder;
    private readonly HashSet<string> _remembered = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Secret> _secrets = new(StringComparer.Ordinal);

    private FlowReader(string folder, FaultList faults) => (_folder, _faults) = (folder, faults);

    /// <exception cref="InputFaultException">The file cannot be read or has mistakes.</exception>
    public static BrowserFlow Read(string path)
    {
        var faults = new FaultList();
        var flow = Read(path, faults);
        faults.ThrowIfAny();
        return flow!;
    }

    /// <param name="path">The file, as the user named it; files it names are looked for beside it.</param>
    /// <param name="faults">Added to.</param>
    internal static BrowserFlow? Read(string path, FaultList faults)
    {
        try
        {
            return new FlowReader(Path.GetDirectoryName(Path.GetFullPath(path))!, faults).Flow(YamlText.ReadMappingFile(path));
        }
        catch (InputFaultException broken)
        {
            faults.Add(broken);
            return null;
        }
    }

    private BrowserFlow? Flow(YamlMapping map)
    {
        var head = new MappingReader(map, _faults);
        var title = head.Text("probe", required: true, "probe: 电子文件归档功能验证", cap: 100);
        var (login, second) = (Login(head, "login"), Login(head, "第二账户"));
        var (width, height) = Viewport(head);
        var locale = head.Text("locale", cap: 20) ?? "zh-CN";
        var masks = head.Each("masks", m => Named(m, "列") ?? Named(m, "字段") ?? MissingMask(m));
        var steps = head.Each("steps", Step, required: true, "steps: [{id: menu, 做: 点击菜单, 路径: [电子文件归档]}]");
        head.Finish();
        if (steps.Count > MostSteps)
        {
            _faults.Add(head.PlaceOf("steps"), "步骤太多", $"不超过 {MostSteps} 步");
        }

        foreach (var twice in steps.GroupBy(s => s.Id, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            _faults.Add(head.PlaceOf("steps"), $"步骤 {twice.Key} 重复（第 {string.Join("、", twice.Select(s => s.Line))} 行）", "每步一个 id");
        }

        if (second is null && steps.Any(s => s.Verb == FlowVerb.SwitchUser))
        {
            _faults.Add(head.At, "有 换用户 而没有写第二账户", "第二账户", "第二账户: {用户: \"${ARCH_USER2}\", 密码: \"${ARCH_PASS2}\", 成功标志: {文字: 退出}}");
        }

        if (second is { Success: null })
        {
            _faults.Add(head.PlaceOf("第二账户"), "第二账户没有写成功标志", "成功标志：只有登录以后才见到的文字；没有它，登录失败会被当成被拒绝", "第二账户: {用户: \"${ARCH_USER2}\", 密码: \"${ARCH_PASS2}\", 成功标志: {文字: 退出}}");
        }

        return title is null ? null : new BrowserFlow { Title = title, Login = login, SecondLogin = second, Width = width, Height = height, Locale = locale, Masks = masks, Steps = steps, Secrets = _secrets };
    }

    private string? MissingMask(MappingReader mask)
    {
        _faults.Add(mask.At, "没有说遮盖什么", "列 或 字段", "masks: [{列: 身份证号}]");
        return null;
    }

    private static string? Named(MappingReader reader, string key) => reader.Text(key, cap: 100);

    private (int Width, int Height) Viewport(MappingReader head)
    {
        var text = head.Text("viewport", cap: 20);
        var parts = (text ?? "1366x768").Split('x');
        if (parts.Length == 2 && int.TryParse(parts[0], out var width) && int.TryParse(parts[1], out var height) && width is >= 320 and <= 3840 && height is >= 240 and <= 2160)
        {
            return (width, height);
        }

        _faults.Add(head.PlaceOf("viewport"), "viewport 不对", "宽x高，320x240 到 3840x2160", "viewport: 1366x768");
        return (1366, 768);
    }

    /// <summary>用户 and 密码 stand for the fields people know by these names; other fields go by their labels.</summary>
    private FlowLogin? Login(MappingReader head, string key)
    {
        if (Inner(head, key, LoginExample) is not { } reader)
        {
            return null;
        }

        List<FlowEntry> entries = [];
        foreach (var (word, label) in new[] { ("用户", reader.Text("用户标签", cap: 100) ?? "用户名"), ("密码", reader.Text("密码标签", cap: 100) ?? "密码") })
        {
            var at = reader.PlaceOf(word);
            if (reader.Text(word, required: true, LoginExample, cap: 200) is { } value)
            {
                Demand(value, at, word == "密码");
                entries.Add(new FlowEntry(label, value));
            }
        }

        var success = Inner(reader, "成功标志", LoginExample) is { } sign ? Finished(sign, s => s.Text("文字", required: true, cap: 100)) : null;
        var login = new FlowLogin(entries, reader.Text("按钮", cap: 50) ?? "登录", success) { Address = AddressOf(reader, "地址") };
        reader.Finish();
        return login;
    }

    private FlowStep? Step(MappingReader reader)
    {
        var at = reader.PlaceOf("id");
        var id = reader.Text("id", required: true, "id: menu", cap: 40);
        if (id is not null && !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            _faults.Add(at, $"id {id} 不能用", "字母、数字、- 和 _", "id: menu");
        }

        var verb = reader.Choice("做", FlowVerbs.All, required: true);
        return verb is { } known && id is not null ? new StepReader(reader, _faults, _folder, (v, p) => Demand(v, p, false), n => _remembered.Add(n)).Read(id, known) : Skip(reader);
    }

    private static FlowStep? Skip(MappingReader reader)
    {
        // The one mistake is told; the other keys of the step cannot be understood without its verb.
        foreach (var key in StepReader.Keys.Where(k => reader.Peek(k) is not null))
        {
            reader.Take(key);
        }

        return null;
    }

    private string? AddressOf(MappingReader reader, string key) => StepReader.Path(reader, key, _faults);

    /// <summary>Every variable is one of an earlier step or of the environment.</summary>
    private void Demand(string text, SourcePosition at, bool isPassword)
    {
        var names = FlowVariables.Names(text).ToList();
        if (isPassword && (names.Count != 1 || !FlowVariables.IsOne(text)))
        {
            _faults.Add(at, "密码里写了明文", "环境变量 ${名称}", LoginExample);
            return;
        }

        foreach (var name in names.Where(n => !_remembered.Contains(n) && !_secrets.ContainsKey(n)))
        {
            var value = Environment.GetEnvironmentVariable(name);
            if (string.IsNullOrEmpty(value))
            {
                _faults.Add(at, $"{name} 既没有被前面的步骤记住，也不是环境变量", "先用 记住 取得，或运行前设置好环境变量");
            }
            else if (value.Length < Probing.Redactor.ShortestSecret || value.Any(char.IsControl))
            {
                _faults.Add(at, $"环境变量 {name} 的内容不能用", $"至少 {Probing.Redactor.ShortestSecret} 个字符的一行文字（太短就无法在证据里遮盖）");
            }
            else
            {
                _secrets[name] = new Secret(value, $"env:{name}");
            }
        }
    }

    internal static MappingReader? Inner(MappingReader reader, string key, string? example = null)
    {
        switch (reader.Take(key))
        {
            case null:
                return null;
            case YamlMapping map:
                return new MappingReader(map, reader.Faults);
            case { } other:
                reader.Faults.Add(other.At, $"{key} 不是“键: 值”", "映射；含 ${…} 的值要加引号", example);
                return null;
        }
    }

    internal static T Finished<T>(MappingReader reader, Func<MappingReader, T> read)
    {
        var value = read(reader);
        reader.Finish();
        return value;
    }
}
