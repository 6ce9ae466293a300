using Microsoft.AspNetCore.Components;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Workbench;

/// <summary>What every page knows.</summary>
/// <param name="English">The frame speaks English; what the report says stays Chinese.</param>
/// <param name="Proof">Hidden in forms.</param>
/// <param name="Pack">Name of the pack; null on the shelf.</param>
/// <param name="Address">Path and query of this page, for the switch of language.</param>
public sealed record PageContext(bool English, string Proof, string? Pack, string Address)
{
    /// <summary>Address of the pack's pages, with the slash at the end.</summary>
    public string Root => Pack is null ? "/" : $"/p/{Uri.EscapeDataString(Pack)}/";

    public string Say(string chinese, string english) => English ? english : chinese;

    /// <summary>The same page in the other language.</summary>
    public string OtherLanguage => $"/language?to={(English ? "zh" : "en")}&back={Uri.EscapeDataString(Address)}";
}

/// <summary>A part of a page.</summary>
public abstract class PageComponent : ComponentBase
{
    [CascadingParameter]
    public PageContext Page { get; set; } = null!;

    protected string Say(string chinese, string english) => Page.Say(chinese, english);

    /// <summary>Text of a candidate, hidden characters spelled out.</summary>
    protected static string Shown(string text) => VisibleText.Of(text);

    protected static string Moment(DateTimeOffset moment) => $"{BeijingTime.ClockOf(moment):yyyy-MM-dd HH:mm:ss}";

    protected static string Query(params IEnumerable<(string Name, string? Value)> pairs) =>
        string.Join('&', pairs.Where(p => !string.IsNullOrEmpty(p.Value)).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}"));
}
