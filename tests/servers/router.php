<?php
// For php -S: a file that is there is served as it is, everything else is WordPress's, so that /wp-json/ works.
$root = rtrim($_SERVER['DOCUMENT_ROOT'], '/');
$path = urldecode(parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH) ?: '/');
if (is_file($root . $path) || (is_dir($root . $path) && is_file("$root$path/index.php") && $path !== '/')) {
    return false;
}
$_SERVER['SCRIPT_NAME'] = '/index.php';
require $root . '/index.php';
