namespace SmartCity.SecurityCheck.Reporting;

/// <summary>Writes the report in one format. Pure: the same report gives the same bytes (PDF excepted, which carries a creation date).</summary>
public interface IReportWriter
{
    /// <summary>Word for <c>--format</c>: html, pdf, sarif, junit.</summary>
    string Format { get; }

    /// <summary>Name in the pack folder.</summary>
    string FileName { get; }

    /// <summary>False where the pack holds nothing this format speaks of; it is not written into the pack then.</summary>
    bool Fits(AcceptanceReport report) => true;

    /// <exception cref="ReportUnavailableException">What the format needs is not on this machine; the run goes on without it.</exception>
    Task WriteAsync(AcceptanceReport report, Stream output, CancellationToken cancellationToken);
}

/// <summary>The format cannot be written here, for instance PDF without a browser. The message says what to install.</summary>
public sealed class ReportUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
