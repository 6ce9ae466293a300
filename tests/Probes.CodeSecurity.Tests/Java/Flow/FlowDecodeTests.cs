namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>What a decoder brings back, and which names and values of a request can hold the end of a line.</summary>
public sealed class FlowDecodeTests
{
    private static bool Has(string id, string body, string members = "") => FlowCase.Body(body, members).Contains(id);

    [Theory]
    [InlineData("new io.netty.handler.codec.http.QueryStringDecoder(h).parameters().get(\"a\").get(0)")]
    [InlineData("new io.netty.handler.codec.http.QueryStringDecoder(h).path()")]
    [InlineData("java.net.URI.create(h).getPath()")]
    [InlineData("java.net.URI.create(h).getQuery()")]
    [InlineData("java.net.URI.create(h).getFragment()")]
    [InlineData("new String(org.apache.commons.codec.binary.Base64.decodeBase64(h))")]
    [InlineData("new String(new org.apache.commons.codec.binary.Base64().decode(h.getBytes()))")]
    [InlineData("new String(org.apache.commons.codec.binary.Hex.decodeHex(h))")]
    [InlineData("new String(org.apache.shiro.codec.Base64.decode(h))")]
    [InlineData("new String(cn.hutool.core.util.HexUtil.decodeHex(h))")]
    [InlineData("cn.hutool.core.util.HexUtil.decodeHexStr(h)")]
    [InlineData("cn.hutool.http.HttpUtil.decodeParams(h, \"utf-8\").get(\"a\").get(0)")]
    [InlineData("cn.hutool.http.HttpUtil.decodeParamMap(h, null).get(\"a\")")]
    [InlineData("cn.hutool.core.util.URLUtil.getPath(h)")]
    [InlineData("cn.hutool.core.util.EscapeUtil.unescape(h)")]
    [InlineData("cn.hutool.http.HtmlUtil.unescape(h)")]
    [InlineData("org.springframework.web.util.HtmlUtils.htmlUnescape(h)")]
    [InlineData("org.apache.commons.text.StringEscapeUtils.unescapeJson(h)")]
    [InlineData("org.apache.commons.lang3.StringEscapeUtils.unescapeXml(h)")]
    [InlineData("h.translateEscapes()")]
    [InlineData("org.owasp.esapi.ESAPI.encoder().canonicalize(h)")]
    [InlineData("new String(javax.xml.bind.DatatypeConverter.parseBase64Binary(h))")]
    [InlineData("new String(org.springframework.util.Base64Utils.decodeFromString(h))")]
    public void What_was_written_in_other_signs_ends_a_line_once_more(string decoded)
    {
        Assert.True(Has("header", $"String h = r.getHeader(\"A\"); w.setHeader(\"X-A\", {decoded});"));
        Assert.True(Has("path", $"if (!p.contains(\"..\")) {{ String h = p; new FileInputStream(\"/data/\" + {decoded}); }}"));
    }

    [Theory]
    [InlineData("new io.netty.handler.codec.http.QueryStringDecoder(h).rawPath()")]
    [InlineData("new io.netty.handler.codec.http.QueryStringDecoder(h).uri()")]
    [InlineData("java.net.URI.create(h).getRawQuery()")]
    [InlineData("java.net.URI.create(h).getRawPath()")]
    [InlineData("org.apache.commons.codec.binary.Base64.encodeBase64String(h.getBytes())")]
    [InlineData("cn.hutool.core.util.HexUtil.encodeHexStr(h)")]
    [InlineData("cn.hutool.http.HtmlUtil.removeHtmlTag(h)")]
    public void What_stays_as_it_was_written_does_not(string kept) =>
        Assert.False(Has("header", $"String h = r.getHeader(\"A\"); w.setHeader(\"X-A\", {kept});"));

    [Theory]
    [InlineData("org.springframework.web.util.HtmlUtils.htmlUnescape(e)")]
    [InlineData("cn.hutool.core.util.EscapeUtil.unescapeHtml4(e)")]
    [InlineData("cn.hutool.http.HtmlUtil.unescape(e)")]
    [InlineData("org.apache.commons.text.StringEscapeUtils.unescapeHtml4(e)")]
    public void What_is_unescaped_is_a_page_once_more(string unescaped)
    {
        const string escaped = "String e = org.springframework.web.util.HtmlUtils.htmlEscape(p); w.getWriter().print(";
        Assert.False(Has("xss", escaped + "e);"));
        Assert.True(Has("xss", $"{escaped}{unescaped});"));
    }

    [Theory]
    [InlineData("org.springframework.web.bind.annotation.CookieValue", true)]
    [InlineData("org.springframework.web.bind.annotation.RequestHeader", false)]
    [InlineData("org.springframework.web.bind.annotation.RequestParam", true)]
    public void A_cookie_that_Spring_hands_over_was_decoded(string annotation, bool isBad) => Assert.Equal(isBad ? ["header"] : [], FlowCase.Ids(FlowCase.Run(
        [("src/T.java", $"{FlowCase.Head} @RestController class T {{ @GetMapping(\"/a\") void q(@{annotation}(\"a\") String c, HttpServletResponse w) {{ w.setHeader(\"X-A\", c); }} }}")])));

    [Theory]
    [InlineData("r.getPart(\"f\").getSubmittedFileName()", true)]
    [InlineData("r.getPart(\"f\").getName()", true)]
    [InlineData("r.getPart(\"f\").getHeader(\"a\")", false)]
    [InlineData("r.getPart(\"f\").getContentType()", false)]
    [InlineData("file.getOriginalFilename()", true)]
    [InlineData("file.getName()", true)]
    [InlineData("file.getContentType()", false)]
    [InlineData("item.getName()", true)]
    [InlineData("stream.getName()", true)]
    [InlineData("stream.getFieldName()", true)]
    [InlineData("part.filename()", true)]
    public void A_name_of_a_file_may_hold_the_end_of_a_line(string name, bool isBad) =>
        Assert.Equal(isBad, Has("header", $"w.setHeader(\"X-A\", {name});", "org.springframework.web.multipart.MultipartFile file; org.apache.commons.fileupload.FileItem item; org.apache.commons.fileupload.FileItemStream stream; org.springframework.http.codec.multipart.FilePart part;"));

    [Theory]
    [InlineData("replace(\"\\r\\n\", \"\")", true)]
    [InlineData("replace(\"\\n\\r\", \"\")", true)]
    [InlineData("replace(\"\\r\", \"\")", true)]
    [InlineData("replace(\"\\n\", \"\")", false)]
    [InlineData("replace(\"\\r\", \"\").replace(\"\\n\", \"\")", false)]
    [InlineData("replace(\"\\r\\n\", \"\").replace('\\n', ' ')", false)]
    [InlineData("replaceAll(\"\\r\\n\", \"\")", true)]
    [InlineData("replaceAll(\"[\\r\\n]\", \"\")", false)]
    [InlineData("replaceAll(\"\\\\r|\\\\n\", \"\")", false)]
    [InlineData("replaceAll(\"\\n\", \"\")", false)]
    public void Only_what_takes_every_end_of_a_line_away_cleans(string removed, bool isBad) =>
        Assert.Equal(isBad, Has("header", $"w.setHeader(\"X-A\", p.{removed});"));
}
