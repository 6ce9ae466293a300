using Microsoft.AspNetCore.Components;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Reports.Html;

/// <summary>A part of the page.</summary>
public abstract class ReportComponent : ComponentBase
{
    [CascadingParameter]
    public ReportIndex Index { get; set; } = null!;

    protected AcceptanceReport Report => Index.Report;

    /// <summary>Text of the candidate, hidden characters spelled out.</summary>
    protected static string Shown(string text) => VisibleText.Of(text);

    /// <summary>Beijing time, which the word beside it says.</summary>
    protected static string Moment(DateTimeOffset moment) => $"{BeijingTime.ClockOf(moment):yyyy-MM-dd HH:mm:ss}（北京时间）";

    protected static string Day(DateOnly day) => day.ToString("yyyy-MM-dd");
}
