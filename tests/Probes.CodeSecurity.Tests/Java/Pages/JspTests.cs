namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Pages of JSP, in pairs.</summary>
public sealed class JspTests
{
    private const string Core = "<%@ taglib prefix=\"c\" uri=\"http://java.sun.com/jsp/jstl/core\" %><%@ taglib prefix=\"fn\" uri=\"http://java.sun.com/jsp/jstl/functions\" %>";

    /// <summary>What a request is bound to stands in the model by itself, beside what the method puts there: a page asks its getters.</summary>
    [Theory]
    [InlineData("${user.name}", "${user.age}")]
    [InlineData("${user.name}", "${user.title}")]
    [InlineData("${user.name}", "${user2.name}")]
    public void What_is_bound_is_read_by_its_getters(string bad, string good)
    {
        static IReadOnlyList<string> Found(string page) => PageCase.Of(
        [
            ("src/C.java", "package a; import org.springframework.ui.*; import org.springframework.web.bind.annotation.*; @org.springframework.stereotype.Controller class C { @GetMapping(\"/x\") public String q(User user, Model m) { m.addAttribute(\"x\", \"y\"); return \"user/view\"; } }"),
            ("src/User.java", PageCase.User), ("web/WEB-INF/templates/user/view.jsp", page),
        ]);
        Assert.Equal(["xss"], Found(bad));
        Assert.Empty(Found(good));
    }

    [Theory]
    [InlineData("<%= request.getParameter(\"a\") %>", "<%= request.getParameter(\"a\").length() %>", "xss")]
    [InlineData("<% String n = request.getParameter(\"n\"); out.println(\"<b>\" + n); %>", "<% String n = request.getParameter(\"n\"); out.println(\"<b>\"); %>", "xss")]
    [InlineData("<% String n = request.getParameter(\"n\"); if (n != null) { %> <p><%= n %></p> <% } else { %> none <% } %>", "<% String n = request.getParameter(\"n\"); if (n != null) { %> <p>yes</p> <% } else { %> none <% } %>", "xss")]
    [InlineData("<%! String twice(String s) { return s + s; } %><p><%= twice(request.getParameter(\"a\")) %></p>", "<%! String twice(String s) { return \"a\"; } %><p><%= twice(request.getParameter(\"a\")) %></p>", "xss")]
    [InlineData("<p>${param.name}</p>", "<p>${fn:escapeXml(param.name)}</p>", "xss")]
    [InlineData("<a href=\"x?q=${param['q']}\">a</a>", "<c:out value=\"${param.q}\"/>", "xss")]
    [InlineData("<c:out value=\"${param.q}\" escapeXml=\"false\"/>", "<c:out value='${param.q}' escapeXml=\"true\"/>", "xss")]
    [InlineData("${empty param.a ? 'none' : param.a}", "${empty param.a ? 'none' : 'some'}", "xss")]
    [InlineData("${pageContext.request.queryString}", "${pageContext.request.contextPath}", "xss")]
    [InlineData("<c:set var=\"x\" value=\"${param.a}\"/>${x}", "<c:set var=\"x\" value=\"${param.a}\"/>${y}", "xss")]
    [InlineData("<c:set var=\"x\">a ${param.a}</c:set>${x}", "<c:set var=\"x\">a ${param.a}</c:set> b", "xss")]
    [InlineData("<c:forEach items=\"${paramValues.a}\" var=\"v\"><li>${v}</li></c:forEach>", "<c:forEach items=\"${paramValues.a}\" var=\"v\"><li>${x}</li></c:forEach>", "xss")]
    [InlineData("<c:if test=\"${param.a == 'b'}\"><p>${header['User-Agent']}</p></c:if>", "<c:if test=\"${param.a == 'b'}\"><p>b</p></c:if>", "xss")]
    [InlineData("<jsp:include page='<%= request.getParameter(\"p\") %>'/>", "<jsp:include page=\"foot.jsp\"/>", "path")]
    [InlineData("<c:redirect url=\"${param.u}\"/>", "<c:redirect url=\"/index\"/>", "redirect")]
    [InlineData("<c:import url=\"${param.u}\"/>", "<c:import url=\"http://localhost/a\"/>", "ssrf")]
    [InlineData("<jsp:useBean id=\"u\" class=\"a.User\"/><jsp:setProperty name=\"u\" property=\"*\"/><%= u.getName() %>", "<jsp:useBean id=\"u\" class=\"a.User\"/><jsp:setProperty name=\"u\" property=\"*\"/><%= u.getAge() %>", "xss")]
    [InlineData("<%@ page import=\"java.sql.*, java.util.List\" contentType=\"text/html; charset=GBK\" %><% Statement s = null; s.executeQuery(\"select \" + request.getParameter(\"a\")); %>", "<%@ page import=\"java.sql.*\" %><% PreparedStatement s = null; s.setString(1, request.getParameter(\"a\")); s.executeQuery(); %>", "sql")]
    [InlineData("<sql:query var=\"r\" dataSource=\"${d}\">select * from t where n = '${param.n}'</sql:query>", "<sql:query var=\"r\">select * from t where n = ?<sql:param value=\"${param.n}\"/></sql:query>", "sql")]
    [InlineData("<%@ taglib prefix=\"sp\" uri=\"http://www.springframework.org/tags\" %><sp:eval expression=\"${param.e}\"/>", "<%@ taglib prefix=\"sp\" uri=\"http://www.springframework.org/tags\" %><sp:eval expression=\"user.name\"/>", "expression")]
    [InlineData("<%@ include file=\"part.jspf\" %><%= n %>", "<%@ include file=\"part.jspf\" %><%= m %>", "xss")]
    [InlineData("<%-- ${param.a} --%><% /* a */ %>${param.a}", "<%-- ${param.a} --%>\\${param.a}<%@ page isELIgnored=\"true\" %>${param.a}", "xss")]
    [InlineData("<%@ taglib prefix=\"t\" tagdir=\"/WEB-INF/tags\" %><t:show text=\"${param.a}\" other=\"b\"/>", "<%@ taglib prefix=\"t\" tagdir=\"/WEB-INF/tags\" %><t:show text=\"b\" other=\"${param.a}\"/>", "xss")]
    [InlineData("<% for (String s : request.getParameterValues(\"a\")) { %><li><%= s %></li><% } %>", "<% for (int i = 0; i < 3; i++) { %><li><%= i %></li><% } %>", "xss")]
    public void A_page(string bad, string good, string id)
    {
        (string, string)[] more =
        [
            ("web/part.jspf", "<% String n = request.getParameter(\"n\"); String m = \"a\"; %>"), ("web/foot.jsp", "<p>end</p>"), ("src/User.java", PageCase.User),
            ("web/WEB-INF/tags/show.tag", "<%@ attribute name=\"text\" %><b>${text}</b><%@ tag pageEncoding=\"UTF-8\" %>"),
        ];
        Assert.Equal([id], PageCase.Page(Core + bad, more: more));
        Assert.Empty(PageCase.Page(Core + good, more: more));
    }

    [Theory]
    [InlineData("<jsp:root xmlns:jsp=\"http://java.sun.com/JSP/Page\" version=\"2.0\"><jsp:scriptlet><![CDATA[ String n = request.getParameter(\"n\"); if (n != null && n.length() > 1) { ]]></jsp:scriptlet><p><jsp:expression>n</jsp:expression></p><jsp:scriptlet>}</jsp:scriptlet></jsp:root>", true)]
    [InlineData("<jsp:root xmlns:jsp=\"http://java.sun.com/JSP/Page\" xmlns:c=\"http://java.sun.com/jsp/jstl/core\" version=\"2.0\"><jsp:directive.page import=\"java.util.*\"/><p><c:out value=\"${param.a}\"/></p></jsp:root>", false)]
    [InlineData("<jsp:root xmlns:jsp=\"http://java.sun.com/JSP/Page\" version=\"2.0\"><p>${param.a}</p></jsp:root>", true)]
    [InlineData("<jsp:root xmlns:jsp=\"http://java.sun.com/JSP/Page\" version=\"2.0\"><jsp:declaration>int a(int b) { return b &lt; 1 ? 0 : b; }</jsp:declaration><p><jsp:expression>a(1)</jsp:expression></p></jsp:root>", false)]
    public void A_page_in_XML(string page, bool isBad) => Assert.Equal(isBad ? ["xss"] : [], PageCase.Page(page, "jspx"));

    [Theory]
    [InlineData("m.addAttribute(\"name\", p); return \"user/view\";", "<p>${name}</p>", "<p><c:out value=\"${name}\"/></p>")]
    [InlineData("m.addAttribute(\"name\", p).addAttribute(\"other\", \"a\"); return \"user/view\";", "<p>${requestScope.name}</p>", "<p>${other}</p>")]
    [InlineData("User u = new User(); u.setName(p); m.addAttribute(\"user\", u); return \"/user/view\";", "${user.name}", "${user.age} ${user.title}")]
    [InlineData("r.setAttribute(\"name\", p); r.getRequestDispatcher(\"/WEB-INF/templates/user/view.jsp\").forward(r, w); return null;", "<%= request.getAttribute(\"name\") %>", "<%= request.getAttribute(\"other\") %>")]
    [InlineData("List<String> l = new ArrayList<>(); l.add(p); r.setAttribute(\"all\", l); return \"user/view\";", "<c:forEach items=\"${all}\" var=\"o\">${o}</c:forEach>", "<c:forEach items=\"${all}\" var=\"o\"><c:out value=\"${o}\"/></c:forEach>")]
    [InlineData("m.addAttribute(\"name\", p); return \"user/view\";", "<jsp:include page=\"part.jsp\"/>", "<jsp:include page=\"safe.jsp\"/>")]
    public void What_a_controller_hands_over(string body, string bad, string good)
    {
        (string, string)[] more = [("web/WEB-INF/templates/user/part.jsp", "<b>${name}</b>"), ("web/WEB-INF/templates/user/safe.jsp", Core + "<c:out value=\"${name}\"/>")];
        Assert.Equal(["xss"], PageCase.Controller(body, Core + bad, "jsp", more));
        Assert.Empty(PageCase.Controller(body, Core + good, "jsp", more));
    }

    [Fact]
    public void A_way_leads_from_the_controller_to_the_line_of_the_page()
    {
        const string page = "<html>\r\n<%@ page import=\"java.util.*\" %>\r\n<% int i = 1; %>\r\n<p>${name}</p>\r\n";
        var (result, _) = PageCase.Run([("src/C.java", "package a; import org.springframework.ui.*; import org.springframework.web.bind.annotation.*; @org.springframework.stereotype.Controller class C {\n @GetMapping(\"/x\") public String q(String p, Model m) {\n m.addAttribute(\"name\", p);\n return \"view\"; } }"), ("web/WEB-INF/view.jsp", page)]);
        var found = Assert.Single(result.Found);
        Assert.Equal(("web/WEB-INF/view.jsp", 3), (found.Site.File, page[..found.Site.At].Count(c => c == '\n')));
        var first = found.Way!;
        while (first.Before is { } before)
        {
            first = before;
        }

        Assert.Equal(("src/C.java", "外部输入（请求参数 p）"), (first.Place.File, first.What));
    }

    [Theory]
    [InlineData("return \"redirect:\" + p;", "redirect")]
    [InlineData("return \"redirect:/list?a=\" + p;", null)]
    [InlineData("return \"redirect:http://\" + p;", "redirect")]
    [InlineData("return \"redirect:http://localhost/\" + p;", null)]
    [InlineData("m.addAttribute(\"a\", p); return \"user/view\";", null)]
    public void A_name_of_a_view(string body, string? id) => Assert.Equal(id is null ? [] : [id], PageCase.Controller(body, "<p>a</p>", "jsp"));

    [Theory]
    [InlineData("return new ModelAndView(\"user/view\", \"name\", p);", "xss")]
    [InlineData("return new ModelAndView(\"user/view\", \"other\", p);", null)]
    [InlineData("ModelAndView v = new ModelAndView(); v.setViewName(\"user/view\"); v.addObject(\"name\", p); return v;", "xss")]
    [InlineData("Map<String, Object> o = new HashMap<>(); o.put(\"name\", p); return new ModelAndView(\"user/view\", o);", "xss")]
    [InlineData("Map<String, Object> o = new HashMap<>(); o.put(\"names\", p); return new ModelAndView(\"user/view\", o);", null)]
    [InlineData("ModelAndView v = new ModelAndView(\"user/view\"); v.getModelMap().put(\"name\", p); return v;", "xss")]
    [InlineData("ModelAndView v = new ModelAndView(\"user/view\"); v.getModelMap().put(\"other\", p); return v;", null)]
    [InlineData("ModelAndView v = new ModelAndView(\"user/view\"); v.getModel().put(\"name\", p); return v;", "xss")]
    [InlineData("return new ModelAndView(\"redirect:\" + p);", "redirect")]
    public void A_view_with_its_model(string body, string? id) => Assert.Equal(id is null ? [] : [id], PageCase.Of(
        [("src/C.java", $"package a; import java.util.*; import org.springframework.web.servlet.ModelAndView; import org.springframework.web.bind.annotation.*; @org.springframework.stereotype.Controller class C {{ @GetMapping(\"/x\") public ModelAndView q(String p) {{ {body} }} }}"), ("web/user/view.jsp", "<p>${name}</p>")]));

    [Fact]
    public void Who_includes_himself_or_a_script_without_end_is_told()
    {
        Assert.NotEmpty(PageCase.Run([("a.jsp", "<%@ include file=\"b.jsp\" %>"), ("b.jsp", "<%@ include file=\"a.jsp\" %>"), ("c.jsp", "<%@ include file=\"none.jsp\" %>")]).Pages.All.SelectMany(p => p.Unknown));
        Assert.NotEmpty(PageCase.Run([("a.jsp", "<p><my:tag a=\"${param.a}\"/></p>")]).Pages.All.SelectMany(p => p.Unknown));
    }
}
