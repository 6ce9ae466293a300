namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What tags do.</summary>
internal sealed partial class JspPage
{
    /// <returns>Whether the tag is known.</returns>
    private bool Open(string tag, int at, bool isAlone)
    {
        switch (tag)
        {
            case "c:out" when Value("escapeXml") == "false" && Java("value") is { } value:
                Write(value, at);
                return true;
            case "c:set" when Value("var") is { } name:
                Set(name, at, isAlone);
                return true;
            case "c:if" or "c:when" or "c:otherwise" or "logic:equal" or "logic:present" or "logic:notEmpty" when !isAlone:
                Say($"if ({TranslatedPage.Values}.truth()) {{", at);
                return true;
            case "c:forEach" or "c:forTokens" or "logic:iterate" when !isAlone:
                Loop(at);
                return true;
            case "c:redirect" when Java("url") is { } url:
                Say($"response.sendRedirect({url});", at);
                return true;
            case "c:import" when Java("url") is { } url:
                Say(url.StartsWith('"') && !url.Contains("://", StringComparison.Ordinal) ? Dispatch(url, "include") : $"new java.net.URL({url}).openStream();", at);
                return true;
            case "c:url" when Java("value") is { } url:
                Say(Value("var") is { } kept ? $"request.setAttribute({PageDialect.JavaText(kept)}, {url});" : $"out.print({url});", at);
                return true;
            default:
                return OpenOther(tag, at, isAlone) || OpenBean(tag, at);
        }
    }

    private bool OpenOther(string tag, int at, bool isAlone)
    {
        switch (tag)
        {
            case "jsp:include" or "jsp:forward" when Java("page") is { } page:
                Say(Dispatch(page, tag == "jsp:include" ? "include" : "forward"), at);
                return true;
            case "sql:query" or "sql:update" when Java("sql") is { } sql:
                Say($"{TranslatedPage.Values}.query({sql});", at);
                return true;
            case "sql:query" or "sql:update" when !isAlone:
                _into = $"{TranslatedPage.Values}.query(";
                return true;
            case "x:parse" or "x:transform":
                foreach (var name in new[] { "doc", "xml", "xslt" })
                {
                    Say($"{TranslatedPage.Values}.xml({Java(name) ?? "null"});", at);
                }

                return true;
            case "spring:eval" when Java("expression") is { } expression:
                Say($"{TranslatedPage.Values}.evaluate({expression});", at);
                return true;
            case "spring:message" or "spring:theme" when Value("htmlEscape") != "true" && Java("text") is { } shown:
                Write(shown, at);
                return true;
            case "s:property" when (Value("escape") ?? Value("escapeHtml")) == "false" && Value("value") is { } path:
                Write(path.StartsWith("#parameters", StringComparison.Ordinal) ? "request.getParameter(\"\")" : PageExpression.Of(path.Replace("%{", "${", StringComparison.Ordinal), _dialect), at);
                return true;
            case "bean:write" when Value("filter") == "false" && Value("name") is { } bean:
                Write(PageExpression.Of(Value("property") is { } property ? $"{bean}.{property}" : bean, _dialect), at);
                return true;
            default:
                return false;
        }
    }

    private bool OpenBean(string tag, int at)
    {
        switch (tag)
        {
            case "jsp:useBean" when Value("id") is { } id && IsName(id):
                var type = Value("class") ?? Value("type");
                var own = type is not null && type.Split('.').All(IsName) ? type : "Object";
                Say(own == "Object" ? $"Object {id} = request.getAttribute(\"{id}\");" : $"{own} {id} = new {own}(); request.setAttribute(\"{id}\", {id});", at);
                return true;
            case "jsp:setProperty" when Value("name") is { } bean && IsName(bean) && Value("property") is { } property:
                if (property == "*")
                {
                    Say($"{bean} = {TranslatedPage.Values}.bound({bean}, request.getParameterMap()); request.setAttribute(\"{bean}\", {bean});", at);
                }
                else if (IsName(property))
                {
                    Say($"{bean}.set{char.ToUpperInvariant(property[0])}{property[1..]}({Java("value") ?? $"request.getParameter({PageDialect.JavaText(Value("param") ?? property)})"});", at);
                }

                return true;
            case "jsp:getProperty" when Value("name") is { } shown && Value("property") is { } part && IsName(shown) && IsName(part):
                Write($"{TranslatedPage.Values}.part({shown}, \"{part}\")", at);
                return true;
            default:
                return false;
        }
    }

    private void Set(string name, int at, bool isAlone)
    {
        var attribute = $"request.setAttribute({PageDialect.JavaText(name)}, ";
        if (Java("value") is { } value)
        {
            Say($"{attribute}{value});", at);
        }
        else if (!isAlone)
        {
            _into = attribute;
        }
    }

    private void Loop(int at)
    {
        var element = $"each{_names++}$";
        var items = Java("items") ?? (Value("name") is { } name ? $"request.getAttribute({PageDialect.JavaText(name)})" : null);
        Say(items is null ? $"while ({TranslatedPage.Values}.truth()) {{" : $"for (var {element} : {items}) {{", at);
        if (items is not null && (Value("var") ?? Value("id")) is { } variable)
        {
            Say($"request.setAttribute({PageDialect.JavaText(variable)}, {element});", at);
        }
    }

    private void Close(string tag, int at)
    {
        switch (tag)
        {
            case "c:if" or "c:when" or "c:otherwise" or "c:forEach" or "c:forTokens" or "logic:iterate" or "logic:equal" or "logic:present" or "logic:notEmpty":
                Say("}", at);
                break;
            case "c:set" or "sql:query" or "sql:update":
                _into = null;
                break;
        }
    }

    private static string Dispatch(string page, string how) => $"request.getRequestDispatcher({page}).{how}(request, response);";

    private static bool IsName(string text) => text.Length > 0 && char.IsLetter(text[0]) && text.All(c => char.IsLetterOrDigit(c) || c is '_' or '$');
}
