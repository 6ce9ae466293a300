using System.Globalization;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Puts the Java of one page together.</summary>
internal abstract class PageBuilder
{
    private const int MostDoubts = 50;

    private readonly List<(CodePlace, string)> _doubts = [];

    protected PageWriter Imports { get; } = new();

    /// <summary>What stands beside the method that fills the page in.</summary>
    protected PageWriter Members { get; } = new();

    protected PageWriter Body { get; set; } = new();

    /// <summary>Characters of other pages that were gone through for this one.</summary>
    public long Included { get; protected set; }

    /// <param name="path">Of the page.</param>
    /// <param name="text">As it is written.</param>
    /// <param name="number">Tells pages of one name apart.</param>
    public TranslatedPage Make(string path, string text, int number)
    {
        var type = TypeOf(path, number);
        Fill(path, text);
        var (all, start) = (new PageWriter(), new CodePlace(path, 0));
        all.Make("package view$;\n", start);
        all.Take(Imports);
        all.Make($"\nclass {type} extends javax.servlet.http.HttpServlet {{\n", start);
        all.Take(Members);
        all.Make($"\npublic void {TranslatedPage.Fill}({TranslatedPage.Request} request, javax.servlet.http.HttpServletResponse response) throws Exception {{\n", start);
        all.Take(Body);
        all.Make("\n}\n}\n", start);
        if (all.IsCut)
        {
            Doubt(start, "页面展开后过长，没有读完");
        }

        return new TranslatedPage(path, "view$." + type, all.ToString(), all.Map(), _doubts);
    }

    protected abstract void Fill(string path, string text);

    protected void Doubt(CodePlace place, string why)
    {
        if (_doubts.Count < MostDoubts)
        {
            _doubts.Add((place, why));
        }
    }

    public static string TypeOf(string path, int number) => string.Create(CultureInfo.InvariantCulture, $"P{number}_{new string([.. path[(path.LastIndexOf('/') + 1)..].Take(40).Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_')])}");
}
