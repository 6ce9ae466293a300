using System.Text;
using System.Text.Json;
using Microsoft.Playwright;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Writes a flow file from what a person does in the browser. What is typed into a password field never reaches this side.</summary>
public sealed class FlowRecorder
{
    private const int MostSteps = 400;
    private static readonly BrowserFlow Blank = new() { Title = "录制", Steps = [] };
    private readonly List<Act> _acts = [];

    /// <summary>Opens a browser for a person and waits until it is closed.</summary>
    /// <returns>The flow file.</returns>
    /// <exception cref="UnableException">No browser.</exception>
    public static async Task<string> RecordAsync(Uri start, ProbeContext context, CancellationToken cancellationToken)
    {
        await using var proxy = new ScopedProxy(context, context.Scope.Allows, cancellationToken);
        await using var browser = await FlowBrowser.StartAsync(proxy.Port, visible: true);
        await using var window = await browser.OpenAsync(Blank);
        var recorder = new FlowRecorder();
        var page = await recorder.AttendAsync(window);
        var closed = new TaskCompletionSource();
        page.Close += (_, _) => closed.TrySetResult();
        await using var stopped = cancellationToken.Register(() => closed.TrySetResult());
        await page.GotoAsync(start.AbsoluteUri);
        await closed.Task;
        return recorder.ToYaml();
    }

    /// <summary>The flow so far.</summary>
    public string ToYaml()
    {
        List<Act> acts;
        lock (_acts)
        {
            acts = [.. _acts];
        }

        var text = new StringBuilder("# 由录制写成。请给要证明功能的步骤补上 证明，给关键步骤补上 见到。\nprobe: 录制的流程\n");
        var from = Login(acts, text);
        text.Append("steps:\n");
        var number = 0;
        for (var i = from; i < acts.Count; i++)
        {
            var act = acts[i];
            var id = $"step-{++number}";
            switch (act.Kind)
            {
                case "menu":
                    var path = acts.Skip(i).TakeWhile(a => a.Kind == "menu").Select(a => a.Text).ToList();
                    i += path.Count - 1;
                    text.Append($"- {{id: {id}, 做: 点击菜单, 路径: [{string.Join(", ", path.Select(Quoted))}]}}\n");
                    break;
                case "fill":
                    var fields = acts.Skip(i).TakeWhile(a => a.Kind == "fill").ToList();
                    i += fields.Count - 1;
                    text.Append($"- {{id: {id}, 做: 填写, 字段: {{{string.Join(", ", fields.GroupBy(f => f.Text, StringComparer.Ordinal).Select(f => $"{Quoted(f.Key)}: {Quoted(f.Last().Value)}"))}}}}}\n");
                    break;
                case "select":
                    text.Append($"- {{id: {id}, 做: 选择, 字段: {{{Quoted(act.Text)}: {Quoted(act.Value)}}}}}\n");
                    break;
                case "password":
                    text.Append($"- {{id: {id}, 做: 填写, 字段: {{{Quoted(act.Text)}: \"${{ARCH_PASS}}\"}}}}\n");
                    break;
                case "file":
                    text.Append($"- {{id: {id}, 做: 上传, 上传字段: {Quoted(act.Text)}, 文件: fixtures/请放入文件}}\n");
                    break;
                default:
                    text.Append($"- {{id: {id}, 做: 点击按钮, 文字: {Quoted(act.Text)}{(act.Row.Length > 0 ? $", 行: {Quoted(act.Row)}" : "")}}}\n");
                    break;
            }
        }

        return text.ToString();
    }

    internal async Task<IPage> AttendAsync(IBrowserContext window)
    {
        await window.ExposeBindingAsync("securitycheckRecord", (BindingSource _, string said) => Hear(said));
        await window.AddInitScriptAsync(FlowBrowser.Script("record"));
        return await window.NewPageAsync();
    }

    /// <summary>Name, password and button at the beginning are the login.</summary>
    /// <returns>How many of the acts it took.</returns>
    private static int Login(List<Act> acts, StringBuilder text)
    {
        var password = acts.FindIndex(a => a.Kind == "password");
        if (password < 0 || password > 2 || !acts.Take(password).All(a => a.Kind == "fill") || password + 1 >= acts.Count || acts[password + 1].Kind != "click")
        {
            return 0;
        }

        var user = password > 0 ? $"用户标签: {Quoted(acts[password - 1].Text)}, " : "";
        text.Append($"login: {{用户: \"${{ARCH_USER}}\", 密码: \"${{ARCH_PASS}}\", {user}密码标签: {Quoted(acts[password].Text)}, 按钮: {Quoted(acts[password + 1].Text)}}}\n");
        return password + 2;
    }

    private void Hear(string said)
    {
        try
        {
            var act = JsonSerializer.Deserialize<Act>(said[..Math.Min(said.Length, 10_000)], JsonSerializerOptions.Web);
            lock (_acts)
            {
                if (act is { Text.Length: > 0 } && _acts.Count < MostSteps)
                {
                    _acts.Add(act.Kind == "fill" && FlowLogin.IsSecretLabel(act.Text) ? act with { Kind = "password", Value = "" } : act);
                }
            }
        }
        catch (JsonException)
        {
            // A page may call the binding with whatever it likes; only what the script says is kept.
        }
    }

    /// <summary>A dollar sign of the person's own is written twice.</summary>
    private static string Quoted(string text) =>
        $"\"{string.Concat(text.Replace("$", "$$", StringComparison.Ordinal).Select(c => c is '"' or '\\' ? $"\\{c}" : char.IsControl(c) ? " " : c.ToString()))}\"";

    private sealed record Act
    {
        public string Kind { get; init; } = "";

        public string Text { get; init; } = "";

        public string Value { get; init; } = "";

        public string Row { get; init; } = "";
    }
}
