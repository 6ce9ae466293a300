namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// Where the passwords of a page go as far as its markup says (HTML §4.10.21): base, the form's own words and those of its buttons.
/// Where a script decides, nobody knows.
/// </summary>
internal sealed class LoginForms
{
    private const int Most = 20;
    private readonly IReadOnlyList<HtmlTag> _tags;
    private readonly Uri _page;
    private readonly Uri? _base;
    private readonly bool _hasScript;
    private readonly List<LoginForm> _forms = [];
    private readonly List<string> _doubts = [];

    private LoginForms(string body, Uri page)
    {
        var read = HtmlTags.Of(body);
        _tags = read.Tags;
        _page = page;
        _doubts.AddRange(read.Doubts);
        _doubts.AddRange(OtherWays.On(_tags));
        _hasScript = _tags.Any(t => t.Name == "script" || t.Attributes.Keys.Any(k => k.StartsWith("on", StringComparison.Ordinal)));
        var written = _tags.FirstOrDefault(t => t is { Name: "base", IsEnd: false } && t["href"] is not null)?["href"];
        _base = written is null ? page : Address(page, written);
    }

    /// <summary>One entry a form and button that sends it.</summary>
    public IReadOnlyList<LoginForm> Forms => _forms;

    /// <summary>Why it is not known of some password where it goes; empty where it is known of all.</summary>
    public IReadOnlyList<string> Doubts => _doubts;

    /// <summary>A field for passwords is on the page.</summary>
    public bool HasPassword { get; private set; }

    public static LoginForms On(string body, Uri page)
    {
        var forms = new LoginForms(body, page);
        forms.Read();
        return forms;
    }

    private void Read()
    {
        var found = new List<(HtmlTag Form, List<HtmlTag> Inside)>();
        (HtmlTag Form, List<HtmlTag> Inside)? open = null;
        var loose = new List<HtmlTag>();
        foreach (var tag in _tags)
        {
            switch (tag.Name)
            {
                case "form" when tag.IsEnd:
                    open = null;
                    break;
                case "form" when open is null:
                    open = (tag, []);
                    found.Add(open.Value);
                    break;
                case "input" or "button" when !tag.IsEnd:
                    (tag["form"] is not null || open is null ? loose : open.Value.Inside).Add(tag);
                    break;
            }
        }

        var byId = _tags.Where(t => !t.IsEnd && t["id"] is not null).DistinctBy(t => t["id"], StringComparer.Ordinal).ToDictionary(t => t["id"]!, StringComparer.Ordinal);
        var inside = found.ToDictionary(f => f.Form, f => f.Inside, (IEqualityComparer<HtmlTag>)ReferenceEqualityComparer.Instance);
        foreach (var control in loose)
        {
            if (control["form"] is { Length: > 0 } id && byId.GetValueOrDefault(id) is { } owner && inside.GetValueOrDefault(owner) is { } controls)
            {
                controls.Add(control);
            }
            else if (IsPassword(control))
            {
                _doubts.Add("有口令框不在任何表单里，由脚本提交");
                HasPassword = true;
            }
        }

        var withPassword = found.Where(f => f.Inside.Exists(IsPassword)).ToList();
        HasPassword |= withPassword.Count > 0;
        withPassword.Take(Most).ToList().ForEach(f => Add(f.Form, f.Inside));
        if (withPassword.Count > Most)
        {
            _doubts.Add($"带口令框的表单超过 {Most} 个");
        }
    }

    private void Add(HtmlTag form, List<HtmlTag> controls)
    {
        var senders = controls.Where(IsSender).ToList();
        if (senders.Count == 0 || senders.Exists(s => s["formaction"] is null && s["formmethod"] is null))
        {
            Say(form["action"], form["method"], "");
        }

        foreach (var sender in senders.Where(s => s["formaction"] is not null || s["formmethod"] is not null))
        {
            Say(sender["formaction"] ?? form["action"], sender["formmethod"] ?? form["method"], "按钮改写：");
        }
    }

    /// <summary>Known words of method are compared without regard to case and nothing else; others mean get (HTML §4.10.18.6).</summary>
    private void Say(string? action, string? method, string lead)
    {
        var how = method?.ToLowerInvariant() switch { null => null, "post" => "post", "dialog" => "dialog", _ => "get" };
        var words = action?.Trim(' ', '\t', '\r', '\n', '\f') ?? "";
        var target = words.Length == 0 ? _page : Address(_base, words);
        var isKnown = target is not null;
        var shown = words.Length == 0 ? null : isKnown ? target!.GetLeftPart(UriPartial.Path) : Scheme(words);
        if (how == "dialog" || !isKnown || (how is null && _hasScript) || (words is "#" && _hasScript))
        {
            _doubts.Add($"{lead}表单的 action {(shown is null ? "没有写" : $"为 {(words is "#" ? "#" : shown)}")}、method {(method is null ? "没有写" : $"为 {how}")}，发往哪里由脚本决定");
            return;
        }

        var isSafe = target!.Scheme == Uri.UriSchemeHttps;
        _forms.Add(new LoginForm(shown, how ?? "get", isSafe, $"{lead}{shown ?? "本页"} {how ?? "get（没有写明时的缺省）"}"));
    }

    /// <summary>Null where browsers might read another address, or none of the web: they pass over controls, turn strokes and forgive what is left out.</summary>
    private static Uri? Address(Uri? from, string written)
    {
        var words = written.Trim(' ', '\t', '\r', '\n', '\f');
        if (from is null || HtmlReferences.IsLeftIn(words) || words.Any(c => c is <= ' ' or '\\' or '\x7f') || words.StartsWith("///", StringComparison.Ordinal))
        {
            return null;
        }

        var scheme = words.IndexOf(':', StringComparison.Ordinal) is > 0 and var at && char.IsAsciiLetter(words[0]) && words[..at].All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.') ? words[..at].ToLowerInvariant() : null;
        var isPlain = scheme is null || (scheme is "http" or "https" && words.AsSpan(scheme.Length + 1).StartsWith("//", StringComparison.Ordinal) && words.Length > scheme.Length + 3 && words[scheme.Length + 3] != '/');
        return isPlain && Uri.TryCreate(from, words, out var to) && to.Scheme == (scheme ?? from.Scheme) ? to : null;
    }

    /// <summary>Of what is no address of the web only the scheme is told.</summary>
    private static string Scheme(string action) => action.IndexOf(':', StringComparison.Ordinal) is > 0 and < 20 and var at && action[..at].All(char.IsAsciiLetterOrDigit) ? $"{action[..at]}:…" : "（不是网址）";

    private static bool IsPassword(HtmlTag control) => control.Name == "input" && string.Equals(control["type"], "password", StringComparison.OrdinalIgnoreCase);

    private static bool IsSender(HtmlTag control) => control.Name == "button" ? control["type"]?.ToLowerInvariant() is not ("button" or "reset") : control["type"]?.ToLowerInvariant() is "submit" or "image";
}
